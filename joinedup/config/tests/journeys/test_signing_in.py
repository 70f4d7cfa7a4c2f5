"""A new member of staff: invited, in with a password and a code, out again and in once more."""

import re
import time
import uuid
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from joinedup.config.tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser

PASSWORD = "three-boats-and-a-kettle"
WRONG_PASSWORD = "This email address and password do not go together. Check both and try again."
WRONG_CODE = "This code is not right. Wait for the next code in your app and enter that one."
USED_CODE = "This code was used already. Wait for the next code in your app and enter that one."


def code_of(secret: str, later: int = 0) -> str:
    """What the app shows, or will show that many codes later (one later is taken too: clocks differ)."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def invite(administrator: Visitor, email: str) -> str:
    """Send the invitation; the path of the link in the mail."""
    page = administrator.page
    administrator.open("/workspace/staff/invite/")
    administrator.press("Send the invitation")
    administrator.is_told("Choose a role.")
    page.get_by_label("Name", exact=True).fill("Nadia Newcomer")
    page.get_by_label("Work email address").fill(email)
    page.get_by_label("Organisation", exact=True).select_option(label="Barts Health NHS Trust")
    page.get_by_label("Partner staff").check()
    administrator.press("Send the invitation")
    assert administrator.says(f"We sent an email to {email}.")
    administrator.check()
    found = re.search(r"(/account/invitation/[^\s\"<&]+)", administrator.site.mail_to(email))
    assert found, "no link in the invitation"
    return found.group(1)


def choose_password(newcomer: Visitor, link: str) -> None:
    newcomer.open(link)
    newcomer.check()
    newcomer.page.get_by_label("Choose a password").fill("short")
    newcomer.press("Keep this password")
    newcomer.is_told("This password is too short. It must contain at least 12 characters.")
    newcomer.page.get_by_label("Choose a password").fill(PASSWORD)
    newcomer.press("Keep this password")
    assert newcomer.says("Your password is set. Sign in with it now.")
    newcomer.check()


def give_password(newcomer: Visitor, email: str, password: str) -> None:
    newcomer.page.get_by_label("Email address").fill(email)
    newcomer.page.get_by_label("Password", exact=True).fill(password)
    newcomer.press("Sign in")


def set_up_code(newcomer: Visitor) -> str:
    """As someone without a camera does: the secret is typed into the app."""
    newcomer.page.wait_for_url("**/second-step/totp/activate/")
    newcomer.check()
    newcomer.page.get_by_label("Code from the app").fill("000000")
    newcomer.press("Turn it on")
    newcomer.is_told(WRONG_CODE)
    secret = newcomer.page.locator("main samp").inner_text().replace(" ", "")
    newcomer.page.get_by_label("Code from the app").fill(code_of(secret))
    newcomer.press("Turn it on")
    return secret


def keep_recovery_codes(newcomer: Visitor) -> list[str]:
    newcomer.page.get_by_role("heading", name="Your recovery codes").wait_for()
    newcomer.check()
    codes = newcomer.page.locator("main samp").all_inner_texts()
    assert len(codes) == 10
    newcomer.page.get_by_role("link", name="I have kept them").click()
    newcomer.page.wait_for_url("**/workspace/")
    return codes


def sign_out(newcomer: Visitor) -> None:
    newcomer.open("/account/second-step/")
    newcomer.check()
    newcomer.press("Sign out")
    assert "/second-step/" not in newcomer.page.url
    newcomer.check()
    newcomer.open("/workspace/")
    newcomer.page.get_by_role("heading", name="Sign in").wait_for()


def test_from_the_invitation_to_the_workspace_and_out_again(
    visitor: Visitor, staff: Callable[..., Visitor]
) -> None:
    email = f"newcomer-{uuid.uuid4().hex[:8]}@example.org"
    link = invite(staff("admin"), email)
    choose_password(visitor, link)
    visitor.open(link)
    assert visitor.says("This link does not open")
    visitor.check()

    visitor.open("/workspace/")
    visitor.check()
    give_password(visitor, email, "three-boats-and-a-kettles")
    visitor.is_told(WRONG_PASSWORD)
    assert visitor.page.get_by_label("Email address").input_value() == email
    give_password(visitor, email, PASSWORD)
    secret = set_up_code(visitor)
    recovery_codes = keep_recovery_codes(visitor)
    visitor.open("/workspace/you/")
    assert visitor.says("Hello Nadia Newcomer")
    assert visitor.says("Partner staff for Barts Health NHS Trust")
    visitor.check()

    sign_out(visitor)
    sign_in_by_keyboard(visitor, email, code_of(secret, later=1))
    sign_out(visitor)
    give_password(visitor, email, PASSWORD)
    visitor.page.get_by_label("Code", exact=True).fill(recovery_codes[0])
    visitor.press("Sign in")
    visitor.page.wait_for_url("**/workspace/")
    visitor.open("/account/second-step/")
    assert visitor.says("You have 9 codes left.")


def sign_in_by_keyboard(newcomer: Visitor, email: str, code: str) -> None:
    """A wrong code first, then the right one; by Tab, Enter and typing only."""
    keys = newcomer.page.keyboard
    newcomer.tab_to("Email address", "email")
    keys.type(email)
    newcomer.tab_to("Password", "password")
    keys.type(PASSWORD)
    keys.press("Enter")
    newcomer.page.get_by_role("heading", name="Enter your code").wait_for()
    newcomer.check()
    newcomer.tab_to("Code", "text")
    keys.type("000000")
    newcomer.tab_to("Sign in", "submit")
    keys.press("Enter")
    newcomer.is_told(WRONG_CODE)
    newcomer.tab_to("Code", "text")
    keys.press("Control+A")
    keys.type(code)
    keys.press("Enter")
    newcomer.page.wait_for_url("**/workspace/")


def test_a_code_that_was_used_signs_nobody_in_again(visitor: Visitor, staff: Callable[..., Visitor]) -> None:
    email = f"newcomer-{uuid.uuid4().hex[:8]}@example.org"
    visitor.open(invite(staff("admin"), email))
    visitor.page.get_by_label("Choose a password").fill(PASSWORD)
    visitor.press("Keep this password")
    give_password(visitor, email, PASSWORD)
    visitor.page.wait_for_url("**/second-step/totp/activate/")
    secret = visitor.page.locator("main samp").inner_text().replace(" ", "")
    code = code_of(secret, later=1)
    visitor.page.get_by_label("Code from the app").fill(code)
    visitor.press("Turn it on")
    keep_recovery_codes(visitor)
    sign_out(visitor)
    give_password(visitor, email, PASSWORD)
    visitor.page.get_by_label("Code", exact=True).fill(code)
    visitor.press("Sign in")
    visitor.is_told(USED_CODE)
