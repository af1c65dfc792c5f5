from django.db import migrations

#: On the way back: an older release knows no drafts, and nobody stands on one. It is a migration of
#: its own, since PostgreSQL changes no table in the transaction that took rows away from it.
TAKE_DRAFTS_AWAY = """
DELETE FROM curriculum_goal WHERE level_id IN (
    SELECT v.id FROM curriculum_level v JOIN curriculum_rung r ON r.id = v.rung_id
    JOIN curriculum_ladder l ON l.id = r.ladder_id WHERE l.published_at IS NULL);
DELETE FROM curriculum_level WHERE rung_id IN (
    SELECT r.id FROM curriculum_rung r
    JOIN curriculum_ladder l ON l.id = r.ladder_id WHERE l.published_at IS NULL);
DELETE FROM curriculum_criterion_sources WHERE criterion_id IN (
    SELECT c.id FROM curriculum_criterion c JOIN curriculum_rung r ON r.id = c.rung_id
    JOIN curriculum_ladder l ON l.id = r.ladder_id WHERE l.published_at IS NULL);
DELETE FROM curriculum_criterion WHERE rung_id IN (
    SELECT r.id FROM curriculum_rung r
    JOIN curriculum_ladder l ON l.id = r.ladder_id WHERE l.published_at IS NULL);
DELETE FROM curriculum_rung WHERE ladder_id IN (
    SELECT l.id FROM curriculum_ladder l WHERE l.published_at IS NULL);
DELETE FROM curriculum_ladder WHERE published_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0008_needs_and_references"),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, TAKE_DRAFTS_AWAY),
    ]
