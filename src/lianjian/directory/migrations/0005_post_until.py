"""A post may end; it stays in the days before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_members_by_year")]

    operations = [
        migrations.AddField(model_name="post", name="until", field=models.DateField(blank=True, null=True))
    ]
