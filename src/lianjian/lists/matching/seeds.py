"""What every office begins with: weights, kin of categories, words that mean the same. Each changes them openly."""

from __future__ import annotations

from typing import Final

from lianjian.foundation.errors import _

# Criterion -> (its name, its weight). The words count as they are (BM25, mostly 0 to 15); the others are 0 to 1 each.
WEIGHTS: Final = {
    "words": (_("用词"), 1.0),
    "category": (_("类别"), 4.5),
    "chain": (_("产业链"), 2.0),
    "distance": (_("距离"), 2.0),
    "time": (_("时间"), 2.0),
    "capacity": (_("数量"), 2.5),
    "outcomes": (_("以往成效"), 1.0),
}
SYNONYM_SHARE: Final = 0.8  # how much a word counts that means the same
KIN_SHARE: Final = 0.5  # how much a category counts that is kin

KIN: Final = tuple(
    frozenset(pair)
    for pair in (
        ("人员力量", "用工招聘"),
        ("人员力量", "经验技术"),
        ("经验技术", "科研人才"),
        ("设施阵地", "土地厂房"),
        ("设施阵地", "仓储共用"),
        ("设施阵地", "特色禀赋"),
        ("仓储共用", "物流共享"),
        ("仓储共用", "土地厂房"),
        ("特色禀赋", "市场联拓"),
        ("物流共享", "市场联拓"),
        ("金融服务", "政策服务"),
    )
)
# Where it hardly matters how far away it is: advice, money, knowledge.
FAR_CATEGORIES: Final = frozenset({"经验技术", "市场联拓", "科研人才", "金融服务", "政策服务"})
FAR_SHARE: Final = 0.3

SYNONYMS: Final = (
    ("冷库", "低温仓库"),
    ("冷库", "保鲜库"),
    ("冷库", "冷冻"),
    ("冷库", "预冷库"),
    ("货车", "车队"),
    ("发货", "承运"),
    ("拼车", "零担"),
    ("拼车", "返程"),
    ("电焊工", "焊工"),
    ("氩弧焊", "焊接"),
    ("车工", "缝纫"),
    ("缝制", "制衣"),
    ("缝纫", "服装"),
    ("手工", "来料加工"),
    ("外发", "加工点"),
    ("取证", "考证"),
    ("复审", "取证"),
    ("数控", "技能培训"),
    ("主题党日", "红色教育"),
    ("党课", "宣讲"),
    ("党员活动室", "党建阵地"),
    ("球场", "体育馆"),
    ("厂房", "车间"),
    ("厂房", "小微园"),
    ("用地", "地块"),
    ("建设用地", "工业用地"),
    ("住宿", "民宿"),
    ("住宿", "酒店"),
    ("贷款", "授信"),
    ("贷款", "信用贷"),
    ("融资", "贴现"),
    ("补贴", "补助"),
    ("补贴", "奖励"),
    ("申报", "申请"),
    ("手续", "代办"),
    ("办理", "代办"),
    ("销路", "收购"),
    ("收购", "采购"),
    ("滞销", "收购"),
    ("代工", "外协加工"),
    ("外协", "代工"),
    ("展销会", "展位"),
    ("摊位", "展位"),
    ("检测", "检验"),
    ("化验", "检测"),
    ("固废", "危废"),
    ("废料", "再生资源"),
)
