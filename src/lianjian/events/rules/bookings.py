"""What is refused of bookings of a venue, its services, and how many used it. Free of Django."""

from __future__ import annotations

from lianjian.foundation.errors import Refused, _


class VenueTaken(Refused):
    """One venue, one booking at a time, whatever it is."""

    sentence = _("“%(venue)s”%(at)s已有“%(what)s”,请换个时间或阵地;能同时开几场的,请在阵地里注明。")
    field = "venue"
    status = 409


class VenueBusy(Refused):
    """The same, where somebody else was faster, or a venue that takes one only has two planned."""

    sentence = _("这个阵地同一时间已有别的会议活动或预订,请换个时间或阵地。")
    field = "venue"
    status = 409


class BookingCounted(Refused):
    """Figures rest on it."""

    sentence = _("这次使用已经登记了人数,不能再取消、换阵地或换日期;请先在阵地页面更正那一条,把人数删除。")
    status = 409


class ServiceExists(Refused):
    """One line per service."""

    sentence = _("这个阵地已经有这项服务。")
    field = "name"
    status = 409


class ServiceOver(Refused):
    """It is offered no longer."""

    sentence = _("这项服务已经停止。")
    status = 409


class ServiceBackwards(Refused):
    """It ends on or after its first day."""

    sentence = _("停止日期不能早于开始日期。")
    field = "until"


class ServiceBeforeVenue(Refused):
    """Nothing is offered in a house that is not there."""

    sentence = _("开始日期不能早于阵地启用的日期(%(day)s)。")
    field = "since"


class ChargeAhead(Refused):
    """What will cost something is written down when it does."""

    sentence = _("收费变动的日期不能晚于今天,请到那一天再改。")
    field = "on"


class NobodyCounted(Refused):
    """A count of nobody says nothing."""

    sentence = _("请填写党员或群众的人次,至少一项大于0。")
    field = "members"


class CountAhead(Refused):
    """Nobody has come yet."""

    sentence = _("使用开始以后才能登记人数。")
    field = "on"


class CountOutside(Refused):
    """The house was closed, or not there yet."""

    sentence = _("这一天阵地没有启用或已经停用。")
    field = "on"


class CountedAlready(Refused):
    """The same people would be counted twice."""

    sentence = _("这一次(或这一天这一项)的人数已经登记,请在原来那一条上更正。")
    status = 409


class CountedByHouse(Refused):
    """What the house wrote down, the house puts right."""

    sentence = _("这次的使用人数已由“%(house)s”登记(%(numbers)s),要更正请联系它。")
    status = 409


class ServiceNotThen(Refused):
    """What was not offered on the day was not used."""

    sentence = _("这一天没有提供“%(name)s”。")
    field = "service"
