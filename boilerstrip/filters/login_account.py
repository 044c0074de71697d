"""Log in, register, my account, forgotten password."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="login_account",
    hint_on=frozenset(),  # no page's content
    summary="log in, register, account menus, forgotten password",
    signature=Signature(
        words="login-form login-box login-modal login-link login-button login-menu sign-in signin sign-up user-menu user-nav "
        "user-account account-menu account-nav account-links td-login user-login register-form loginform "
        "login-popup login-panel member-login auth-form auth-popup popup-auth auth-social need-auth auth-modal forgot-password user-bar user-panel user-tools my-account login-wrapper",
        weak="login account register auth",
    ),
    max_prose=0.05,
    lone=True,
    reach=4,
    longest=8.0,
)
