"""Lines of the page between the paragraphs of the article: promotion and furniture."""

from __future__ import annotations

from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._page import headline
from cleanup.evaluation.injectors._passages import in_style, paragraph_break, paragraph_ends

PROMO, FURNITURE = "promotion of another article", "page furniture"
UNSURE = "promotion of another article, an opening that articles use too"

_PROMOS = (
    "READ ALSO: {}", "Read also: {}", "Also read: {}", "ALSO READ | {}", "Read more: {}", "READ MORE >> {}",
    "See also: {}", "SEE ALSO: {}", "See also – {}", "To read also: {}", "TO READ: {}", "Also to be read: {}",
    "Read on the same subject: {}", "On the same topic: {}", "More on this subject: {}", "RELATED ARTICLE: {}",
    "Related news → {}", "Don't miss: {}", "Not to be missed: {}", "You may also like: {}",
    "You might be interested in: {}", "Recommended for you: {}", "We recommend: {}", "Watch also: {}",
    "Watch the video: {}", "Listen also: {}", "» Read: {}", "[Read also] {}", "(Also read: {})", "Find here: {}",
    "Discover also: {}", "Read us: {}", "Earlier on this site: {}", "Learn more: {}", "Must read: {}",
    "Also on our website: {}", "Previously we wrote: {}", "We remind you: {}", "Consult also: {}",
    "Read also | {}", "Read also - {}", "READ ALSO >> {}", "➤ Read also: {}", "► READ ALSO: {}", "– Read also: {}",
    "Also Read: {}", "Read too: {}", "Read as well: {}", "To be read also: {}", "Also to read: {}", "Read next: {}",
    "Read here: {}", "Read our article: {}", "Read our file: {}", "Read the interview: {}", "Read the full text: {}",
    "Reread: {}", "To read or reread: {}", "See as well: {}", "See the video: {}", "To see also: {}",
    "To discover: {}",
    "On the same theme: {}", "More on the topic: {}", "More about this: {}", "On the topic: {}", "On this topic: {}",
    "Related topic: {}", "Related reading: {}", "Related content: {}", "Similar articles: {}",
    "Learn more about it: {}",
    "Find out more: {}", "Go deeper: {}", "To go further: {}", "For further: {}", "In-depth: read {}",
    "It may interest you: {}", "This may interest you: {}", "You may be interested: {}",
    "You may also be interested in: {}",
    "Do not miss: {}", "You can also read: {}", "Recommended reading: {}", "We also recommend: {}",
    "The editors recommend: {}", "Readers also liked: {}", "Previously, we wrote that: {}", "As we wrote before: {}",
    "We also invite you to read: {}", "» See also: {}", "(READ ALSO: {})", "[SEE ALSO: {}]", "Read also “{}”",
)  # fmt: skip
_UNSURE = (
    "Related: {}", "VIDEO – {}", "▶ {}", "→ {}", "Interesting: {}", "IN PICTURES. {}", "LIVE. {}", "INTERVIEW. {}",
    "Our selection: {}", "Watch: {}", "Archive: {}", "Listen: {}", "Background: {}", "More: {}", "Photos: {}",
    "Analysis: {}", "Video: {}", "Podcast: {}", "Also: {}", "On video | {}", "The file: {}", "Map: {}", "Report: {}",
    "At the moment: {}", "News: {}", "» {}", "• {}", "Exclusive | {}",
)  # fmt: skip
_NETWORKS = (
    "Facebook",
    "Twitter",
    "WhatsApp",
    "Telegram",
    "LinkedIn",
    "Pinterest",
    "VKontakte",
    "Instagram",
    "YouTube",
)
_SHARING = (
    "Share on {one}", "Share on {one} Share on {two}", "Share on {one} (opens in a new window)", "{one} {two} {three}",
    "{one} | {two} | {three}", "Share this article on {one}", "Share: {one} {two} {three}", "Follow us on {one}",
    "Follow us on {one} and {two}", "Find us on {one}, {two} and {three}", "Like our page on {one}",
    "Join our channel on {one}", "Subscribe to our {one} channel", "Share via {one}",
    "Share with your friends on {one}",
    "Our news is also on {one}: subscribe!", "Click to share on {one}", "Send by {one}", "Tweet Share Pin it",
    "Share {number} Tweet", "{number} shares", "Shares: {number}", "Share Share Share",
)  # fmt: skip
_COUNTED = (
    "{number} comments", "Comments ({number})", "Comments: {number}", "View all {number} comments", "Views: {number}",
    "{number} views", "Reading time: {small} minutes", "Reading time: {small} min.", "{small} min read",
    "{small} minutes reading", "Reading: {small} min", "Listen to the article ({small} min)",
    "Photo gallery ({small})",
    "You have {small} free articles left this month.", "Become a member from {small} euros a month",
    "Page 1 of {small}", "Photo 1 of {small}", "1 / {small}", "Rating: {small} / 5 ({number} votes)",
    "Try it for {small} € a month", "Subscribe now for {small} euros",
)  # fmt: skip
_FURNITURE = (
    "Share this article", "Share this", "Share", "Share:", "Share article", "Share the link", "Tweet this", "To share",
    "Send by e-mail", "Send by mail", "Send this article to a friend", "Print this page", "Print", "Print article",
    "Copy the link", "Copy link", "Link copied!", "Link copied to the clipboard", "Leave a Reply", "Leave a comment",
    "Write a comment", "Add a comment", "Post a comment", "Cancel reply", "To comment", "Comment on this article",
    "Your e-mail address will not be published.",
    "Your email address will not be published. Required fields are marked *",
    "Required fields are marked with an asterisk",
    "Save my name and e-mail in this browser for the next time I comment.",
    "Comments are closed.", "Comments are disabled", "No comments yet", "Be the first to comment!",
    "Join the discussion",
    "Log in to comment", "To comment, please log in or create an account.", "You must be logged in to post a comment.",
    "Subscribe to our newsletter", "Sign up for our newsletter and receive the news every morning.", "Newsletter",
    "Register for free", "Already registered? Log in", "Already a subscriber? Log in", "Forgot your password?",
    "This article is reserved for our subscribers.", "This content is for subscribers only.", "Subscribers only",
    "Subscribe to read on", "To continue reading, subscribe", "Continue reading", "Continue reading below",
    "Read more",
    "Read on", "Read the rest of the article", "The rest after this advertisement",
    "The continuation after the advertising",
    "Article continues after the advertisement", "Advertisement", "Advertising", "ADVERTISING", "Publicity",
    "PUBLICITY",
    "Ad", "Sponsored content", "Sponsored", "Paid content", "Listen to this article", "Listen to the article",
    "This site uses cookies.", "By continuing your visit you accept the use of cookies.", "Accept all cookies",
    "We use cookies to improve your experience.", "Manage my preferences", "Accept and continue", "Refuse everything",
    "This content is blocked because you have not accepted cookies.", "To display this content, accept the cookies.",
    "Download our application", "Get our app", "Activate notifications", "Turn on notifications", "Listen live",
    "© All rights reserved", "All rights reserved. Reproduction prohibited.", "All rights reserved", "Legal notice",
    "Back to top", "Back to the home page", "Next article", "Previous article", "Previous post Next post", "Load more",
    "Show more", "See more", "Show all", "Close", "Click here to read more", "Click here", "Skip to content",
    "Report an error", "Report a problem", "Found an error? Select it and press Ctrl+Enter.", "Write to us",
    "Was this article useful to you?", "Did you like this article?", "Your opinion matters to us",
    "Tags: water, harbour, ferry", "Posted in: News, Region", "Category: Society", "Keywords: school, vote",
    "Most read",
    "The most read articles", "Most viewed", "Editor's choice", "In the same section", "On the same subject",
    "Related articles", "Latest news", "The latest news", "Enable JavaScript to see the comments.",
    "Save this article",
    "Your browser does not support the video tag.", "The video could not be loaded.", "Add to favourites",
    "Add to my selection", "Increase the size of the text", "Enlarge the image", "Zoom",
    "Source of the photo: archive",
)  # fmt: skip


def _furniture(chance: Random) -> str:
    one, two, three = chance.sample(_NETWORKS, 3)
    form = chance.choice(chance.choice([_SHARING, _COUNTED, _FURNITURE, _FURNITURE, _FURNITURE]))
    return form.format(one=one, two=two, three=three, number=chance.randint(2, 900), small=chance.randint(2, 12))


def _places(text: str, chance: Random) -> list[Fault]:
    faults, gap = [], paragraph_break(text)
    for at in paragraph_ends(text):
        for kind, openings in ((PROMO, _PROMOS), (UNSURE, _UNSURE)):
            line = chance.choice(openings).format(headline(chance))
            faults.append(Fault(at, at, gap + in_style(line, text), kind))
        faults.append(Fault(at, at, gap + _furniture(chance), FURNITURE))
    return faults


INJECTOR = Injector(
    "page lines",
    {
        PROMO: ("structure/promo-line", "structure/promo-heading"),
        UNSURE: ("structure/promo-line-unsure", "structure/promo-line"),
        FURNITURE: ("structure/page-furniture", "structure/comment-form", "structure/subscription-box"),
    },
    _places,
)
