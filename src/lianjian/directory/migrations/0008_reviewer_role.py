"""The reviewer of documents among the roles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_teams")]

    operations = [
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "党务干部"),
                    ("instructor", "党建指导员(红管家)"),
                    ("handler", "部门经办人"),
                    ("contact", "企业联系人"),
                    ("village", "村支书"),
                    ("leader", "分管领导"),
                    ("reviewer", "文件审核人"),
                    ("adjudicator", "退单裁定人"),
                    ("system_admin", "系统管理员"),
                    ("security_admin", "安全管理员"),
                    ("auditor", "审计管理员"),
                ],
                max_length=20,
            ),
        ),
    ]
