"""Names. None of them belongs to a person or a firm; likenesses are chance."""

# ruff: noqa: SIM905, E501 - words are read more easily in a row

from __future__ import annotations

SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方袁柳唐罗薛贺汤"
GIVEN = (
    "建国 志强 秀英 丽华 海涛 晓燕 文斌 国平 雪梅 立新 春生 美玲 永刚 玉兰 宏伟 静怡 德明 桂芳 学军 红霞 家栋 淑珍 "
    "少华 凤英 振宇 慧敏 长河 爱民 冬梅 子豪 雨桐 思远 佳怡 浩然 一凡 若曦 天佑 欣然 明轩 诗涵 俊杰 梓萱 泽楷 雅琴 "
    "庆丰 月娥 守义 翠萍 光辉 小满"
).split()

# (name, chain, code of the industry, words of the industry)
_TRADES = {
    "furniture": (
        "家具有限公司 家居有限公司 木业有限公司 定制家居有限公司 办公家具有限公司".split(),
        "家具",
        "21",
        "家具制造业",
    ),
    "wood": (
        "板业有限公司 木制品厂 竹木制品有限公司".split(),
        "家具",
        "20",
        "木材加工和木、竹、藤、棕、草制品业",
    ),
    "electronics": (
        "电子科技有限公司 光电有限公司 线缆有限公司".split(),
        "电子信息",
        "39",
        "计算机、通信和其他电子设备制造业",
    ),
    "food": ("食品有限公司 粮油有限公司 茶业有限公司".split(), "农产品加工", "13", "农副食品加工业"),
    "textile": ("纺织有限公司 服饰有限公司".split(), "", "17", "纺织业"),
    "plastics": ("塑业有限公司 包装有限公司".split(), "", "29", "橡胶和塑料制品业"),
    "metal": ("五金制品有限公司 机械制造有限公司".split(), "", "33", "金属制品业"),
    "transport": ("物流有限公司 供应链管理有限公司".split(), "", "54", "道路运输业"),
}
_WORDS = (
    "晨曜 恒榫 木言 宜栖 朗轩 合梓 致格 鼎楠 青榆 隆樾 博檀 雅筑 同泰 瑞柏 盛枫 锦桁 拓维 明澈 汇芯 联曙 "
    "穗丰 禾悦 稻里 茗山 谷雨 织云 锦线 暖禾 塑成 力包 铸信 锐工 恒钢 通衢 驰远 安达行 星桥 望川 若水 知木 "
    "百工 千斗 万榫 集贤 东岚 启元 新垣 聚力 和畅 永嘉禾 长风 凌霄 汉木 云帆 远谷 双溪 松涛 石矶 沐阳 临风"
).split()
_ORDER = (
    ["furniture"] * 20 + ["wood"] * 7 + ["electronics"] * 7 + ["food"] * 8 + ["textile"] * 4 + ["plastics"] * 4
    + ["metal"] * 6 + ["transport"] * 4
)  # fmt: skip


def firms(prefix: str, first: int, count: int) -> list[tuple[str, str, str, str, str]]:
    """(name, short name, chain, industry code, industry words) of `count` firms, from the `first` on."""
    found = []
    for number in range(first, first + count):
        endings, chain, code, words = _TRADES[_ORDER[number % len(_ORDER)]]
        word, ending = _WORDS[number % len(_WORDS)], endings[number % len(endings)]
        short = word + ending.replace("有限公司", "").replace("厂", "")
        found.append((f"{prefix}{word}{ending}", short, chain, code, words))
    return found


# (key, name, households, residents, land in 亩)
VILLAGES = (
    ("village1", "云溪村", 612, 2188, "4236.50"),
    ("village2", "柏树坪村", 438, 1502, "5120.00"),
    ("village3", "大垭村", 295, 961, "6088.30"),
    ("village4", "石门沟村", 331, 1104, "5702.00"),
    ("village5", "新桥村", 547, 1890, "3981.20"),
    ("village6", "梨园村", 402, 1377, "4455.00"),
    ("village7", "沙湾社区", 1266, 4031, "880.00"),
    ("village8", "望江社区", 1580, 4975, "640.00"),
)
ORIGINS = (
    "县委组织部",
    "县发改局",
    "县经信局",
    "县市场监管局",
    "县人社局",
    "县税务局",
    "县自然资源局",
    "县住建局",
    "县农业农村局",
    "县科技局",
)

# An invented outline and point: nothing stands there under these names.
CENTRE = (113.412, 29.871)
OUTLINE = [
    [113.352, 29.842], [113.371, 29.823], [113.402, 29.819], [113.431, 29.812], [113.462, 29.829], [113.481, 29.851],
    [113.476, 29.882], [113.489, 29.905], [113.461, 29.921], [113.428, 29.931], [113.395, 29.918], [113.377, 29.926],
    [113.349, 29.907], [113.339, 29.874], [113.352, 29.842],
]  # fmt: skip


def code(number: int) -> str:
    """The first 17 characters of an invented credit code; no county has the number 429900."""
    return f"91429900MA{5000000 + 7 * number:07d}"
