"""Single sign-on of staff by the clinic's identity provider, with OpenID Connect.

Nothing but ``provider`` is loaded, and no address exists, unless the settings name a provider.
"""
