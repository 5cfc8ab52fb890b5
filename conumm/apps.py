from django.contrib.admin import apps


class ConummAdminConfig(apps.AdminConfig):
    """Django's admin, with the site of `site.py`."""

    default = False
    default_site = "conumm.site.Site"
