"""What was said with invented customers: sentences with enough different words that a search has something to do."""

from random import Random

from crm_desktop.text import believable_words as lists

DIFFERENT = 30_000
"""How many sentences there are before numbers make each its own."""
CHINESE = (
    "{opening}：与{who}谈{topic}；{result}。",
    "{opening}：{who}说{product}的{topic}要再议，{result}。",
    "{opening}，{who}提到{rival}报价更低，{result}。",
    "{opening}：{product} {number} 台，单价 {price} 元；{result}。",
    "{who}转来{topic}的文件，{number} 页；{result}。",
    "{opening}：预算约 {number} 万，{topic}由{who}负责，{result}。",
)
ENGLISH = (
    "{opening} {topic} with {who}: {result}.",
    "{opening} {product}: {who} asks for {number} pieces, {result}.",
    "{who} mentioned {rival} as a competitor; {result}.",
    "{opening} {topic}: budget about {number}k, {result}.",
)
CALLED = ("总", "经理", "主任", "工", "老师")


class Talk:
    """Says something, the same again for a seed."""

    def __init__(self, seed):
        self.chance = Random(seed)
        self.pools = {}
        for kind in ("call", "chat", "visit", "mail", "note"):
            chinese = tuple(self._chinese(kind) for _each in range(DIFFERENT // 5))
            english = tuple(self._english(kind) for _each in range(DIFFERENT // 10))
            self.pools[kind] = {"zh_CN": chinese, "en": english, "de": english}
        self.steps = [each for each in lists.NEXT_STEPS["zh"] if each != "无"]

    def say(self, kind, language):
        """One sentence; every third names the number of a quotation or order, which no other one does."""
        random = self.chance.random
        pool = self.pools[kind][language]
        said = pool[int(random() * len(pool))]
        number = int(random() * 30_000_000)
        return f"{said} {'单号' if language == 'zh_CN' else 'No.'} Q{number:08}" if number < 10_000_000 else said

    def note(self, language):
        """What is noted about a person."""
        return self.say("note", language)

    def step(self):
        """What is to be done next."""
        return self.chance.choice(self.steps)

    def _chinese(self, kind):
        one = self.chance.choice
        opening = lists.OPENINGS["zh"].get(kind, "记录")
        surnames = lists.COMMON_SURNAMES if self.chance.random() < 0.7 else lists.SURNAMES
        products = [each for trade in lists.TRADES.values() for each in trade[3].split(";")]
        return one(CHINESE).format(
            opening=opening,
            who=one(surnames)[0] + one(CALLED),
            topic=one(lists.TOPICS["zh"]),
            result=one(lists.RESULTS["zh"]),
            product=one(products),
            rival=one(lists.CORE_FIRST)[0] + one(lists.CORE_SECOND)[0],
            number=self.chance.randrange(2, 500),
            price=self.chance.randrange(100, 90_000),
        )

    def _english(self, kind):
        one = self.chance.choice
        trades = [each for trade in lists.TRADES.values() for each in trade[1].split("|")]
        return one(ENGLISH).format(
            opening=lists.OPENINGS["en"].get(kind, "Note on"),
            who=f"{one(lists.ENGLISH_MALE)} {one(lists.ENGLISH_SURNAMES)}",
            topic=one(lists.TOPICS["en"]),
            result=one(lists.RESULTS["en"]),
            product=one(trades).lower(),
            rival=one(lists.ENGLISH_CORES),
            number=self.chance.randrange(2, 500),
        )
