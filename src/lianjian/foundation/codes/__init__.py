"""Official codes: cleaned without changing their meaning, checked, and corrected only as suggestions."""

from lianjian.foundation.codes.areas import (
    AreaCode,
    NotAnAreaCode,
    check_area_code,
    normalise_area_code,
    parse_area_code,
)
from lianjian.foundation.codes.checked import PROBLEMS, Checked
from lianjian.foundation.codes.credit import (
    body_check_digit,
    check_body_code,
    check_credit_code,
    collective_level,
    credit_check_digit,
    is_credit_code,
    normalise_body_code,
    normalise_credit_code,
)
from lianjian.foundation.codes.industries import (
    check_industry,
    industry_section,
    normalise_industry,
    pad_industry_code,
)
from lianjian.foundation.codes.residents import (
    ResidentFacts,
    check_phone,
    check_resident_id,
    normalise_phone,
    normalise_resident_id,
    resident_check_digit,
    resident_facts,
    split_phones,
)

__all__ = [
    "PROBLEMS",
    "AreaCode",
    "Checked",
    "NotAnAreaCode",
    "ResidentFacts",
    "body_check_digit",
    "check_area_code",
    "check_body_code",
    "check_credit_code",
    "check_industry",
    "check_phone",
    "check_resident_id",
    "collective_level",
    "credit_check_digit",
    "industry_section",
    "is_credit_code",
    "normalise_area_code",
    "normalise_body_code",
    "normalise_credit_code",
    "normalise_industry",
    "normalise_phone",
    "normalise_resident_id",
    "pad_industry_code",
    "parse_area_code",
    "resident_check_digit",
    "resident_facts",
    "split_phones",
]
