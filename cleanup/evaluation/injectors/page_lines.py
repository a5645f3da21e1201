"""Lines of the page between the paragraphs of the article: promotion and furniture."""

from __future__ import annotations

from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import paragraph_break, paragraph_ends

PROMO, FURNITURE = "promotion of another article", "page furniture"
UNSURE = "promotion of another article, an opening that articles use too"

_HEADLINES = (
    "Ten ways to save water in a dry summer",
    "Why the ferry to the islands will cost more",
    "The baker who refuses to retire",
    "Storm warning: what you need to know",
    "Who will pay for the new tramway?",
    "A village votes on its last school",
    "“We were never asked”: portrait of a valley",
    "Football: the Lions lose at home again",
)
_PROMOS = (
    "READ ALSO: {}", "Read also: {}", "Also read: {}", "ALSO READ | {}", "Read more: {}", "READ MORE >> {}",
    "See also: {}", "SEE ALSO: {}", "See also – {}", "To read also: {}", "TO READ: {}", "Also to be read: {}",
    "Read on the same subject: {}", "On the same topic: {}", "More on this subject: {}", "RELATED ARTICLE: {}",
    "Related news → {}", "Don't miss: {}", "Not to be missed: {}", "You may also like: {}",
    "You might be interested in: {}", "Recommended for you: {}", "We recommend: {}", "Watch also: {}",
    "Watch the video: {}", "Listen also: {}", "» Read: {}", "[Read also] {}", "(Also read: {})", "Find here: {}",
    "Discover also: {}", "Read us: {}", "Earlier on this site: {}", "Learn more: {}", "Must read: {}",
    "Also on our website: {}", "Previously we wrote: {}", "We remind you: {}", "Consult also: {}",
)  # fmt: skip
_UNSURE = (
    "Related: {}", "VIDEO – {}", "▶ {}", "→ {}", "Interesting: {}", "IN PICTURES. {}", "LIVE. {}", "INTERVIEW. {}",
    "Our selection: {}", "Watch: {}", "Archive: {}", "Listen: {}", "Background: {}", "More: {}", "Photos: {}",
    "Analysis: {}",
)  # fmt: skip
_FURNITURE = (
    "Share this article", "Share on Facebook", "Share on Facebook Share on Twitter", "Share",
    "Facebook Twitter WhatsApp", "Tweet this", "Send by e-mail", "Send this article to a friend", "Print this page",
    "Print", "Copy the link", "Link copied!", "Leave a Reply", "Leave a comment", "Write a comment",
    "Your e-mail address will not be published.", "Required fields are marked with an asterisk",
    "Comments are closed.", "3 comments", "Be the first to comment!", "Log in to comment",
    "To comment, please log in or create an account.", "Subscribe to our newsletter",
    "Sign up for our newsletter and receive the news every morning.", "Register for free",
    "Already a subscriber? Log in", "This article is reserved for our subscribers.",
    "You have 2 free articles left this month.", "Become a member from 1 euro a month", "Continue reading below",
    "Article continues after the advertisement", "Advertisement", "ADVERTISING", "Publicity", "Sponsored content",
    "Reading time: 3 minutes", "3 min read", "Listen to this article", "Listen to the article (4 min)",
    "This site uses cookies.", "By continuing your visit you accept the use of cookies.",
    "We use cookies to improve your experience.", "Accept all cookies", "Manage my preferences",
    "Follow us on Telegram", "Follow us on Google News", "Find us on Facebook, Instagram and YouTube",
    "Like our page on Facebook", "Join our channel on Viber", "Download our application", "Get our app",
    "© All rights reserved", "All rights reserved. Reproduction prohibited.", "Back to top", "Back to the home page",
    "Next article", "Previous article", "Previous post Next post", "Load more", "Show more",
    "Click here to read more", "Skip to content", "Report an error", "Was this article useful to you?",
    "Tags: water, harbour, ferry", "Posted in: News, Region", "Category: Society", "Most read",
    "The most read articles", "Editor's choice", "Enable JavaScript to see the comments.", "Save this article",
    "Add to favourites", "Photo gallery (12)", "Increase the size of the text", "Source of the photo: archive",
)  # fmt: skip


def _places(text: str, chance: Random) -> list[Fault]:
    faults, gap = [], paragraph_break(text)
    for at in paragraph_ends(text):
        for kind, openings in ((PROMO, _PROMOS), (UNSURE, _UNSURE)):
            line = chance.choice(openings).format(chance.choice(_HEADLINES))
            faults.append(Fault(at, at, gap + line, kind))
        faults.append(Fault(at, at, gap + chance.choice(_FURNITURE), FURNITURE))
    return faults


INJECTOR = Injector(
    "page lines",
    {
        PROMO: ("structure/promo-line",),
        UNSURE: ("structure/promo-line-unsure", "structure/promo-line"),
        FURNITURE: ("structure/page-furniture",),
    },
    _places,
)
