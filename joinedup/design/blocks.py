"""The StreamField blocks of the design system, as pages use them: `CONTENT_BLOCKS` and `HOME_BLOCKS`."""

from wagtail.blocks import Block

from joinedup.design.content_blocks import (
    ButtonLinkBlock,
    CardBlock,
    CardGroupBlock,
    ContactListBlock,
    DetailsBlock,
    DoAndDontBlock,
    DrawingBlock,
    FactFiguresBlock,
    ImageWithAltBlock,
    InsetBlock,
    QuoteBlock,
    RichSectionBlock,
    StepsBlock,
    SummaryListBlock,
    WarningCalloutBlock,
)
from joinedup.design.home_blocks import (
    CallToResidentsBlock,
    HomeIntroBlock,
    IntegratedCareBlock,
    MilestoneSectionBlock,
    MissionSectionBlock,
    NewsletterBoxBlock,
    PartnersSectionBlock,
    ValuesSectionBlock,
    VisionSectionBlock,
    WhatWeAreBlock,
    WorkingWithYouBlock,
)
from joinedup.design.table_block import TableBlock

CONTENT_BLOCKS: list[tuple[str, Block]] = [
    ("rich_section", RichSectionBlock()),
    ("inset", InsetBlock()),
    ("warning", WarningCalloutBlock()),
    ("card", CardBlock()),
    ("card_group", CardGroupBlock()),
    ("details", DetailsBlock()),
    ("do_and_dont", DoAndDontBlock()),
    ("summary_list", SummaryListBlock()),
    ("table", TableBlock()),
    ("facts", FactFiguresBlock()),
    ("quote", QuoteBlock()),
    ("steps", StepsBlock()),
    ("button_link", ButtonLinkBlock()),
    ("image", ImageWithAltBlock()),
    ("drawing", DrawingBlock()),
    ("contacts", ContactListBlock()),
]

HOME_BLOCKS: list[tuple[str, Block]] = [
    ("intro", HomeIntroBlock()),
    ("what_we_are", WhatWeAreBlock()),
    ("partners", PartnersSectionBlock()),
    ("milestone", MilestoneSectionBlock()),
    ("working_with_you", WorkingWithYouBlock()),
    ("newsletter", NewsletterBoxBlock()),
    ("vision", VisionSectionBlock()),
    ("mission", MissionSectionBlock()),
    ("values", ValuesSectionBlock()),
    ("call_to_residents", CallToResidentsBlock()),
    ("integrated_care", IntegratedCareBlock()),
    ("facts", FactFiguresBlock()),
    ("quote", QuoteBlock()),
]
