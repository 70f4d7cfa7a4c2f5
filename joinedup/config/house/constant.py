"""Settings of the peer in `make bench`: the same server and middleware before a page that never changes."""

from joinedup.config.settings import *  # noqa: F403

ROOT_URLCONF = "joinedup.config.house.constant_page"
PAGE_CACHE = False
