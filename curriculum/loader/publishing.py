"""Publishes a draft: from then on plans can be put on it, and its frozen part stays."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from curriculum.loader.errors import ContentError, Problem
from curriculum.loader.frozen import digest_of_rows
from curriculum.models import Ladder


@transaction.atomic
def publish(slug: str, edition: int) -> Ladder:
    """Publish the draft of an edition. An edition that is published already stays as it is.

    Raises ContentError when it is not loaded, or when its rows are not those that were loaded.
    """
    place = f"ladder {slug}"
    ladder = Ladder.objects.select_for_update().filter(slug=slug, edition=edition).first()
    if ladder is None:
        expected = f"expected a loaded edition, {edition} is not: load it first"
        raise ContentError([Problem("", place, "edition", expected)])
    if not ladder.is_draft:
        return ladder
    if digest_of_rows(ladder) != ladder.digest:
        expected = "its rows in the database are not those that were loaded: load it again"
        raise ContentError([Problem("", place, "edition", expected)])
    ladder.published_at = timezone.now()
    ladder.save(update_fields=["published_at"])
    return ladder
