"""Lines of the page that nobody translated: promotion and furniture in the article's own language."""

from __future__ import annotations

from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import paragraph_break, paragraph_ends

# By language: what opens a promotion, headlines to go behind it, and furniture.
_LINES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "French": (
        (
            "Lire aussi : {}", "LIRE AUSSI : {}", "À lire aussi : {}", "À LIRE AUSSI > {}", "À lire également : {}",
            "Lire aussi | {}", "Voir aussi : {}", "Sur le même sujet : {}", "A lire aussi {}", "Lire également : {}",
            "À découvrir : {}", "Pour aller plus loin : {}",
        ),
        (
            "Le boulanger qui refuse la retraite", "Pourquoi le bac coûtera plus cher au printemps",
            "Un village vote pour sa dernière école", "Dix conseils pour économiser l’eau",
            "« On ne nous a rien demandé »", "Qui paiera le nouveau tramway ?",
        ),
        (
            "Partager", "Partager sur Facebook", "Publicité", "La suite après la publicité", "Laisser un commentaire",
            "Votre adresse e-mail ne sera pas publiée.", "S’abonner", "Abonnez-vous à notre newsletter",
            "Article réservé aux abonnés", "Il vous reste {n} % de cet article à lire.", "Temps de lecture : {n} min",
            "Suivez-nous sur Google Actualités", "Tous droits réservés", "Retour en haut", "Lire la suite",
            "Ajouter à vos favoris", "Réagir", "{n} commentaires", "Gérer mes cookies", "Déjà abonné ? Se connecter",
        ),
    ),
    "German": (
        (
            "Lesen Sie auch: {}", "LESEN SIE AUCH: {}", "Lesen Sie auch – {}", "Mehr zum Thema: {}",
            "Auch interessant: {}",
            "Das könnte Sie auch interessieren: {}", "Siehe auch: {}", "Lesen Sie hier: {}", "Mehr dazu: {}",
            "Weiterlesen: {}", "Lesetipp: {}",
        ),
        (
            "Der Bäcker, der nicht aufhören will", "Warum die Fähre im Frühling teurer wird",
            "Ein Dorf stimmt über seine Schule ab", "Zehn Wege, Wasser zu sparen", "„Uns hat niemand gefragt“",
            "Wer bezahlt die neue Straßenbahn?",
        ),
        (
            "Teilen", "Auf Facebook teilen", "Anzeige", "ANZEIGE", "Werbung", "Artikel teilen", "Kommentar schreiben",
            "Kommentare ({n})", "Jetzt abonnieren", "Newsletter abonnieren", "Lesezeit: {n} Min.",
            "Lesedauer: {n} Minuten",
            "Alle Rechte vorbehalten", "Nach oben", "Weiterlesen", "Mehr anzeigen", "Artikel drucken",
            "Zur Startseite",
            "Folgen Sie uns auf Facebook", "Cookie-Einstellungen", "Bereits Abonnent? Anmelden", "Impressum",
        ),
    ),
    "Spanish": (
        (
            "Lea también: {}", "LEA TAMBIÉN: {}", "Leer también: {}", "Te puede interesar: {}",
            "Le puede interesar: {}",
            "También te puede interesar: {}", "Lee también | {}", "Ver también: {}", "No te pierdas: {}",
            "Más información: {}", "Vea también: {}",
        ),
        (
            "El panadero que no quiere jubilarse", "Por qué el ferry costará más en primavera",
            "Un pueblo vota sobre su última escuela", "Diez formas de ahorrar agua", "“Nadie nos preguntó”",
            "¿Quién pagará el nuevo tranvía?",
        ),
        (
            "Compartir", "Compartir en Facebook", "Publicidad", "PUBLICIDAD", "Deja un comentario", "Suscríbete",
            "Tu dirección de correo electrónico no será publicada.", "Contenido para suscriptores", "Seguir leyendo",
            "Síguenos en Facebook", "Tiempo de lectura: {n} minutos", "Todos los derechos reservados", "Volver arriba",
            "{n} comentarios", "Ver más", "Inicia sesión para comentar", "Aceptar todas las cookies", "Imprimir",
        ),
    ),
    "Italian": (
        (
            "Leggi anche: {}", "LEGGI ANCHE: {}", "Leggi anche > {}", "Leggi anche – {}", "Potrebbe interessarti: {}",
            "Ti potrebbe interessare anche: {}", "Per approfondire: {}", "Vedi anche: {}", "Guarda anche: {}",
            "Approfondisci: {}",
        ),
        (
            "Il fornaio che non vuole andare in pensione", "Perché il traghetto costerà di più in primavera",
            "Un paese vota per la sua ultima scuola", "Dieci modi per risparmiare acqua",
            "«Nessuno ci ha chiesto nulla»",
            "Chi pagherà il nuovo tram?",
        ),
        (
            "Condividi", "Condividi su Facebook", "Pubblicità", "PUBBLICITÀ", "Lascia un commento", "Abbonati",
            "Il tuo indirizzo email non sarà pubblicato.", "Contenuto riservato agli abbonati", "Continua a leggere",
            "Seguici su Facebook", "Tempo di lettura: {n} minuti", "Tutti i diritti riservati", "Torna su", "Stampa",
            "Commenti ({n})", "Iscriviti alla newsletter", "Sei già abbonato? Accedi", "© Riproduzione riservata",
        ),
    ),
    "Portuguese": (
        (
            "Leia também: {}", "LEIA TAMBÉM: {}", "Leia mais: {}", "Leia também | {}", "Veja também: {}",
            "Saiba mais: {}",
            "Você pode gostar de: {}", "Pode interessar-lhe: {}", "Ler também: {}", "Não perca: {}",
        ),
        (
            "O padeiro que não quer aposentar-se", "Por que a balsa vai custar mais na primavera",
            "Uma aldeia vota sobre a sua última escola", "Dez maneiras de poupar água", "“Ninguém nos perguntou nada”",
            "Quem vai pagar o novo bonde?",
        ),
        (
            "Compartilhar", "Partilhar", "Compartilhe no Facebook", "Publicidade", "Deixe um comentário", "Assine já",
            "O seu endereço de e-mail não será publicado.", "Conteúdo exclusivo para assinantes",
            "Continua após a publicidade",
            "Siga-nos no Facebook", "Tempo de leitura: {n} minutos", "Todos os direitos reservados", "Voltar ao topo",
            "{n} comentários", "Ver mais", "Imprimir", "Já é assinante? Entre",
        ),
    ),
    "Russian": (
        (
            "Читайте также: {}", "ЧИТАЙТЕ ТАКЖЕ: {}", "Читать также: {}", "Смотрите также: {}", "По теме: {}",
            "Ранее мы писали: {}", "Подробнее: {}", "Вам может быть интересно: {}", "Материалы по теме: {}",
        ),
        (
            "Пекарь, который не хочет на пенсию", "Почему паром весной подорожает",
            "Деревня голосует за последнюю школу",
            "Десять способов сберечь воду", "«Нас никто не спросил»", "Кто заплатит за новый трамвай?",
        ),
        (
            "Поделиться", "Поделиться в Telegram", "Реклама", "РЕКЛАМА", "Оставить комментарий", "Подписаться",
            "Комментарии ({n})", "Читать далее", "Подписывайтесь на наш Telegram-канал", "Время чтения: {n} мин.",
            "Все права защищены", "Наверх", "Просмотров: {n}", "Версия для печати", "Показать ещё", "Войти",
            "Нашли ошибку? Выделите её и нажмите Ctrl+Enter", "Подпишитесь на рассылку", "Источник: архив",
        ),
    ),
}  # fmt: skip


def _promo(language: str) -> str:
    return f"untranslated promotion, {language}"


def _furniture(language: str) -> str:
    return f"untranslated page furniture, {language}"


def _places(text: str, chance: Random) -> list[Fault]:
    faults, gap = [], paragraph_break(text)
    for at in paragraph_ends(text):
        for language, (openings, headlines, furniture) in _LINES.items():
            promo = chance.choice(openings).format(chance.choice(headlines))
            faults.append(Fault(at, at, gap + promo, _promo(language)))
            line = chance.choice(furniture).format(n=chance.randint(2, 40))
            faults.append(Fault(at, at, gap + line, _furniture(language)))
    return faults


INJECTOR = Injector(
    "untranslated page lines",
    {
        **{_promo(language): ("structure/untranslated-promo-line", "structure/promo-line") for language in _LINES},
        **{
            _furniture(language): ("structure/untranslated-furniture", "structure/page-furniture")
            for language in _LINES
        },
    },
    _places,
)
