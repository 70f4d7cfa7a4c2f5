"""Example content for every block, as editors would type it. People and words in it are invented."""

from typing import Any

WORDS = (
    "<p>We meet in libraries, community centres and online. <b>Everyone is welcome</b>: we pay your fare.</p>"
)
SECTION: dict[str, Any] = {
    "text": WORDS,
    "link_label": "Read more about this",
    "link": {"page": None, "address": "/about/"},
}

BLOCKS: dict[str, Any] = {
    "rich_section": {
        "heading": "How a meeting works",
        "text": WORDS
        + "<h3>Before you come</h3><ul><li>Tell us what you need to take part.</li><li>Bring a friend."
        "</li></ul><p>Read <a href='/about/'>what we are</a> first if you like.</p>",
    },
    "inset": {"text": "<p>You can also tell us by phone, in your own language.</p>"},
    "warning": {
        "heading": "If you are worried about somebody’s safety",
        "text": "<p>Call <a href='tel:999'>999</a> if there is danger now.</p>",
    },
    "card": {
        "heading": "Find a walking group",
        "text": "Easy walks along the canal, every week.",
        "link": {"page": None, "address": "/find-help/"},
        "area": "coordinate",
    },
    "card_group": {
        "heading": "Four ways to take part",
        "cards": [
            {
                "heading": heading,
                "text": "It takes about ten minutes.",
                "link": {"page": None, "address": "/have-your-say/"},
                "area": area,
            }
            for heading, area in [
                ("Read our news", "inform"),
                ("Send an idea", "involve"),
                ("Help a neighbour", "coordinate"),
                ("See what we spent", "govern"),
            ]
        ],
    },
    "details": {
        "summary": "What happens to my words?",
        "text": "<p>A person reads them within three working days.</p>",
    },
    "do_and_dont": {
        "do": ["write as you speak", "say which service you mean"],
        "dont": ["send your NHS number", "wait for an answer if it is urgent"],
    },
    "summary_list": {
        "heading": "When to reach us",
        "rows": [
            {"label": "Opening times", "value": "Monday to Friday\n9am to 5pm"},
            {"label": "Language", "value": "An interpreter can join the call"},
        ],
    },
    "table": {
        "caption": "Three places are open on Saturdays",
        "columns": "Place | Opens | Closes",
        "rows": "Library | 10am | 4pm\nHealth centre | 8am | 1pm\nCommunity hall | 9am | 9pm",
        "first_column_is_header": True,
    },
    "facts": {
        "heading": "The borough in figures",
        "figures": [
            {
                "number": "310,300",
                "meaning": "people lived in Tower Hamlets on census day in 2021.",
                "source": "Census 2021",
                "source_url": "https://www.ons.gov.uk/census",
            },
            {
                "number": "30",
                "meaning": "years: half of us are younger than this.",
                "source": "Census 2021",
                "source_url": "",
            },
        ],
    },
    "quote": {
        "text": "I told my story once, and the next person already knew it.",
        "who": "Rahima",
        "role": "carer, Bow",
        "is_invented": True,
    },
    "steps": {
        "heading": "How we came here",
        "steps": [
            {"when": "By 2015", "title": "The partners start", "text": WORDS, "source": "", "source_url": ""},
            {
                "when": "31 March 2018",
                "title": "The Vanguard programme ends",
                "text": "<p>The work goes on inside the partnership.</p>",
                "source": "Our own history page",
                "source_url": "https://www.example.org/history",
            },
        ],
    },
    "button_link": {
        "label": "Send your idea",
        "link": {"page": None, "address": "/have-your-say/"},
        "style": "button",
    },
    "drawing": {
        "drawing": "people",
        "words": "Six people of different ages round a table.",
        "caption": "We plan with people, not for them.",
    },
    "contacts": {
        "heading": "Talk to us",
        "contacts": [
            {
                "name": "The partnership’s office",
                "text": "For questions about this website.",
                "phone": "020 7946 0000",
                "hours": "Monday to Friday, 9am to 5pm",
                "email": "hello@example.org",
                "address": "1 Example Street\nLondon E1 0AA",
                "link": {"page": None, "address": "/contact/"},
            }
        ],
    },
}

HOME: dict[str, Any] = {
    "intro": {
        "heading": "Health and care that work together",
        "sentence": "The NHS, the council and charities, working as one for everyone in Tower Hamlets.",
        "drawing": "hero",
        "drawing_words": "Neighbours by the canal, with a market, houses and towers behind them.",
        "ways": [
            {"label": label, "line": line, "href": href, "area": area, "icon": icon}
            for label, line, href, area, icon in [
                ("Find help", "Services and groups near you", "/find-help/", "coordinate", "find-help"),
                (
                    "Have your say",
                    "Tell us what works and what does not",
                    "/have-your-say/",
                    "involve",
                    "involve",
                ),
                ("What we did", "What changed because people spoke", "/what-we-did/", "govern", "done"),
                ("News", "What is new in the borough", "/news/", "inform", "inform"),
            ]
        ],
    },
    "what_we_are": SECTION | {"heading": "What we are", "drawing": ""},
    "partners": SECTION | {"heading": "Our partners"},
    "milestone": SECTION
    | {
        "heading": "The Vanguard years",
        "when": "2015 to 31 March 2018",
        "figures": BLOCKS["facts"]["figures"],
        "drawing": "vanguard",
    },
    "working_with_you": SECTION | {"heading": "Working with you", "drawing": "people"},
    "newsletter": {
        "heading": "Get our newsletter",
        "text": "<p>One email a month. Stop when you like.</p>",
        "action": "",
        "button": "Sign up",
    },
    "vision": {
        "heading": "Our vision",
        "text": "To work together to improve the health and wellbeing of the people of Tower Hamlets.",
    },
    "mission": {"heading": "Our mission", "text": "An example of a mission, in the partnership’s own words."},
    "values": {
        "heading": "Our values",
        "values": [
            {"name": "We are collaborative", "meaning": "We decide together, and say who decided."},
            {"name": "We are compassionate", "meaning": ""},
            {"name": "We are inclusive", "meaning": ""},
            {"name": "We are accountable", "meaning": ""},
        ],
    },
    "call_to_residents": SECTION
    | {"heading": "Do you live here?", "drawing": "ideas", "link_label": "Send your idea"},
    "integrated_care": SECTION
    | {"heading": "Integrated care in every community", "drawing": "integrated-care"},
}

PARTNERS: list[dict[str, str]] = [
    {
        "name": "An NHS trust",
        "kind": "NHS",
        "text": "Runs the hospital and community nurses.",
        "href": "/about/",
    },
    {"name": "The council", "kind": "Council", "text": "Social care, housing and public health."},
    {
        "name": "A council for voluntary service",
        "kind": "Voluntary sector",
        "text": "Speaks for local charities.",
    },
]
CRUMBS: list[dict[str, str]] = [
    {"label": "Home", "href": "/"},
    {"label": "About", "href": "/about/"},
    {"label": "Gallery", "href": ""},
]
ROWS: list[dict[str, str]] = [
    {"label": "Name", "value": "Amina (invented)", "href": "/design/", "action": "Change"},
    {"label": "Reply", "value": "By phone\nafter 4pm", "href": "/design/", "action": "Change"},
]
TAGS: list[dict[str, str]] = [
    {"text": "Received", "tone": "plain"},
    {"text": "New", "tone": "new"},
    {"text": "In hand", "tone": "going"},
    {"text": "Answered", "tone": "done"},
    {"text": "Late", "tone": "late"},
    {"text": "Withdrawn", "tone": "stopped"},
]
NOTICE: dict[str, str] = {
    "title": "Some phone lines are down today",
    "body": "Please use the form, or try again after 2pm.",
    "link_href": "/contact/",
    "link_text": "Other ways to reach us",
}
