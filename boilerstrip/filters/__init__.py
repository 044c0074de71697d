"""The filters, one family a module. ``DEFAULT`` is the order in which they are asked."""

from boilerstrip.filters import (
    ads,
    author_bio,
    breadcrumb,
    byline,
    caption,
    comment_form,
    comments,
    cookie_notice,
    copyright_footer,
    hidden,
    legal_notice,
    login_account,
    main_content,
    most_read,
    nav_menu,
    newsletter,
    page_tools,
    paywall,
    read_also,
    repeated_title,
    search_box,
    share_bar,
    site_name,
    tags,
    ticker,
    update_stamp,
)
from boilerstrip.filters.family import Family

# What encloses others comes first (a list of related articles holds dates), then what is told
# by a line of its own, menus last of the families.
DEFAULT: tuple[Family | main_content.MainContent, ...] = (
    hidden.FILTER,
    breadcrumb.FILTER,
    repeated_title.FILTER,
    site_name.FILTER,
    cookie_notice.FILTER,
    comment_form.FILTER,
    comments.FILTER,
    newsletter.FILTER,
    paywall.FILTER,
    search_box.FILTER,
    login_account.FILTER,
    share_bar.FILTER,
    page_tools.FILTER,
    ads.FILTER,
    author_bio.FILTER,
    read_also.FILTER,
    most_read.FILTER,
    ticker.FILTER,
    caption.FILTER,
    update_stamp.FILTER,
    byline.FILTER,
    tags.FILTER,
    copyright_footer.FILTER,
    legal_notice.FILTER,
    nav_menu.FILTER,
    main_content.FILTER,
)

__all__ = ["DEFAULT", "Family"]
