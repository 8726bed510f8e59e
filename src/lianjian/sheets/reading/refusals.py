"""Why a file is not read: one class and one sentence each, the sentence says how to mend it."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class UnreadableFile(Refused):
    """Base of all refusals of a file."""

    sentence = _("这个文件读不出来。请用 WPS 或 Excel 打开，另存为新的 .xlsx 再上传。")
    field = "file"


class EmptyFile(UnreadableFile):
    sentence = _("文件是空的。请检查是否选错了文件。")


class FileTooLarge(UnreadableFile):
    sentence = _("文件有 %(size)s MB，超过 %(limit)s MB。请删去图片和无关的表，或分成几个文件上传。")


class NotAWorkbook(UnreadableFile):
    sentence = _("这不是表格文件。请上传 .xlsx 或 .csv 文件。")


class OldWorkbook(UnreadableFile):
    sentence = _("这是旧格式的表格（.xls 或 .et）。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")


class BinaryWorkbook(UnreadableFile):
    sentence = _("不能读取这种格式（%(kind)s）。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")


class WebPageAsWorkbook(UnreadableFile):
    sentence = _("这个文件其实是网页，只是改了扩展名。请用 WPS 或 Excel 打开，另存为 .xlsx 再上传。")


class PasswordProtected(UnreadableFile):
    sentence = _("文件加了打开密码。请先取消密码，另存后再上传。")


class DamagedFile(UnreadableFile):
    sentence = _("文件不完整或已损坏。请重新复制或下载一份；还打不开的，用 WPS 或 Excel 修复后另存为 .xlsx。")


class SuspiciousFile(UnreadableFile):
    sentence = _(
        "文件内部结构不正常（%(part)s），不予读取。请用 WPS 或 Excel 打开，另存为新的 .xlsx 再上传。"
    )


class TooManyParts(UnreadableFile):
    sentence = _("文件内部有 %(count)s 个部件，超过 %(limit)s 个。请把要导入的表复制到新的工作簿再上传。")


class UnpacksTooLarge(UnreadableFile):
    sentence = _("文件展开后太大（超过 %(limit)s MB）。请删去无关的表和空行，或分成几个文件上传。")


class PackedTooTightly(UnreadableFile):
    sentence = _("文件的压缩率不正常（%(part)s）。请把要导入的表复制到新的工作簿再上传。")


class HasDoctype(UnreadableFile):
    sentence = _(
        "文件里有外部定义（DTD 或实体），不予读取。请用 WPS 或 Excel 打开，另存为新的 .xlsx 再上传。"
    )


class HasMacros(UnreadableFile):
    sentence = _("文件里有宏。请另存为不含宏的 .xlsx 再上传。")


class HasExternalLinks(UnreadableFile):
    sentence = _("表里有引用其他文件的链接。请把公式粘贴为数值并断开链接（数据－编辑链接），再上传。")


class HasEmbeddedObjects(UnreadableFile):
    sentence = _("表里嵌入了其他文件或控件。请删去这些对象，另存后再上传。")


class TooManyRows(UnreadableFile):
    sentence = _("一张表有 %(count)s 行，超过 %(limit)s 行。请分成几个文件上传。")


class TooManyColumns(UnreadableFile):
    sentence = _("一张表有 %(count)s 列，超过 %(limit)s 列。请删去右边无关的列再上传。")


class TooManyCells(UnreadableFile):
    sentence = _("文件的单元格超过 %(limit)s 个。请分成几个文件上传。")


class FarCell(UnreadableFile):
    sentence = _("单元格 %(cell)s 离表格太远。请删去表格右边和下边多余的行列，再上传。")


class CellTooLong(UnreadableFile):
    sentence = _("有一个单元格的文字过长，超过 %(limit)s 字。请删短后再上传。")


class TooManySheets(UnreadableFile):
    sentence = _("文件里有 %(count)s 张表，超过 %(limit)s 张。请把要导入的表复制到新的工作簿再上传。")


class ReadingTooLong(UnreadableFile):
    sentence = _("读取这个文件用时过长，已停止。请删去无关的表，或分成几个文件上传。")


class ReadingFailed(UnreadableFile):
    sentence = _(
        "读取这个文件时出错，已停止，没有写入任何数据。请用 WPS 或 Excel 打开，另存为新的 .xlsx 再上传。"
    )


class NothingInside(UnreadableFile):
    sentence = _("文件里没有可读的表格。请检查是否选错了文件。")
