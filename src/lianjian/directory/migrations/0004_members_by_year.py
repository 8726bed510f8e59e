"""The number of members of an enterprise is stated year by year; what was known is kept as that of its latest year."""

from django.db import migrations, models

# The owner is bound by row security too, and this fills the rows of every place.
FILL = """
ALTER TABLE directory_enterpriseyear NO FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_enterpriseprofile NO FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_organization NO FORCE ROW LEVEL SECURITY;
INSERT INTO directory_enterpriseyear (key, jurisdiction_id, organization_id, year, staff_text, party_members)
SELECT gen_random_uuid(), p.jurisdiction_id, p.organization_id,
       coalesce(p.size_year, extract(year FROM o.changed_at AT TIME ZONE 'Asia/Shanghai')), '', p.party_members
  FROM directory_enterpriseprofile p JOIN directory_organization o ON o.id = p.organization_id
 WHERE p.party_members IS NOT NULL
    ON CONFLICT (organization_id, year) DO UPDATE SET party_members = excluded.party_members;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE directory_enterpriseyear FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_enterpriseprofile FORCE ROW LEVEL SECURITY;
ALTER TABLE directory_organization FORCE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_industries")]

    operations = [
        migrations.AddField(
            model_name="enterpriseyear", name="party_members", field=models.PositiveIntegerField(null=True)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True),
    ]
