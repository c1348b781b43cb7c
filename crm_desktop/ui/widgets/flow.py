"""Ways to lay things out by the width there is: words that wrap, figures in even lines, cards in columns."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from crm_desktop.overriding import override


class _ByWidth(QLayout):
    """The part every layout shares whose height follows from its width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int) -> None:
        super().__init__(parent)
        self.items: list[QLayoutItem] = []
        self.gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def arrange(self, area: QRect, *, really: bool) -> int:
        """The height needed in this width; `really` puts the items there too."""
        raise NotImplementedError

    def shown(self) -> list[QLayoutItem]:
        """The items that take room."""
        return [item for item in self.items if not item.isEmpty()]

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self.items.append(item)

    @override
    def count(self) -> int:
        return len(self.items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self.items[index] if 0 <= index < len(self.items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self.arrange(QRect(0, 0, width, 0), really=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self.arrange(rect, really=True)

    @override
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self.shown()), default=0)
        return QSize(widest, max((item.minimumSize().height() for item in self.shown()), default=0))


class FlowLayout(_ByWidth):
    """Things in lines like words on a page."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, below: int | None = None) -> None:
        super().__init__(parent, gap=gap)
        self.below = gap if below is None else below
        """What is left free between two lines."""

    @override
    def sizeHint(self) -> QSize:
        items = self.shown()
        width = sum(item.sizeHint().width() for item in items) + self.gap * max(0, len(items) - 1)
        return QSize(width, max((item.sizeHint().height() for item in items), default=0))

    @override
    def arrange(self, area: QRect, *, really: bool) -> int:
        x, y, line = area.x(), area.y(), 0
        for item in self.shown():
            size = item.sizeHint().boundedTo(QSize(max(area.width(), item.minimumSize().width()), 16_777_215))
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, line = area.x(), y + line + self.below, 0
            if really:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.gap
            line = max(line, size.height())
        return y + line - area.y()


class EvenLines(_ByWidth):
    """Things in one line where they fit, if closer together; else in as few lines as will do, in common columns."""

    closest, below = 12, 6
    """What is left free at least between two things, and between two lines."""

    @override
    def sizeHint(self) -> QSize:
        widths = self._columns(len(self.items))
        across = sum(widths) + self.gap * max(0, len(widths) - 1)
        return QSize(across, max((item.sizeHint().height() for item in self.shown()), default=0))

    @override
    def arrange(self, area: QRect, *, really: bool) -> int:
        items = self.shown()
        if not items:
            return 0
        widths = self._columns(self._across(area.width()))
        gaps = max(1, len(widths) - 1)
        gap = max(self.closest, min(self.gap, (area.width() - sum(widths)) // gaps))
        height = max(item.sizeHint().height() for item in items)
        for number, item in enumerate(items):
            line, column = divmod(number, len(widths))
            left, top = area.x() + sum(widths[:column]) + column * gap, area.y() + line * (height + self.below)
            if really:
                item.setGeometry(QRect(QPoint(left, top), item.sizeHint()))
        lines = -(-len(items) // len(widths))
        return lines * (height + self.below) - self.below

    def _across(self, width: int) -> int:
        """How many stand in a line: with as few lines as fit, all about as long."""
        count = len(self.shown())
        for lines in range(1, count):
            across = -(-count // lines)
            if sum(self._columns(across)) + self.closest * (across - 1) <= width:
                return across
        return 1

    def _columns(self, across: int) -> list[int]:
        """How wide each column is with so many things in a line."""
        wide = [item.sizeHint().width() for item in self.shown()]
        return [max(wide[place::across]) for place in range(min(across, len(wide)))]


class CardLayout(_ByWidth):
    """Cards in as many columns as fit; a wide card spans them all, a card with a wish goes to its column."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 12,
        narrowest: int = 300,
        most: int = 3,
        first: float = 0,
    ) -> None:
        super().__init__(parent, gap=gap)
        self.narrowest, self.most, self.first = narrowest, most, first
        self.wishes: dict[QWidget, int] = {}
        self.wide: set[QWidget] = set()

    def columns(self, width: int) -> int:
        """How many columns fit into this width without squeezing any card."""
        return max(1, min(self.most, (width + self.gap) // (self._least() + self.gap)))

    def _least(self) -> int:
        tight = [item.minimumSize().width() for item in self.shown() if item.widget() not in self.wide]
        return max([self.narrowest, *tight])

    def _spans(self, area: QRect, count: int) -> list[tuple[int, int]]:
        """Left edge and width of each column: equal ones, or of two the first one as wide as it should be."""
        room = area.width() - self.gap * (count - 1)
        widths = [room // count] * count
        if count == 2 and self.first:
            wide = min(round(room * self.first), room - self._least())
            widths = [wide, room - wide]
        return [(area.x() + sum(widths[:place]) + place * self.gap, width) for place, width in enumerate(widths)]

    @override
    def sizeHint(self) -> QSize:
        width = max((item.sizeHint().width() for item in self.shown()), default=0)
        return QSize(width, self.heightForWidth(max(width, self.narrowest)))

    @override
    def arrange(self, area: QRect, *, really: bool) -> int:
        count = self.columns(area.width())
        spans = self._spans(area, count)
        bottoms = [area.y()] * count
        turn = 0
        for item in self.shown():
            widget = item.widget()
            if widget in self.wide:
                bottoms = [self._put(item, QRect(area.x(), max(bottoms), area.width(), 0), really=really)] * count
                turn = 0
                continue
            wish = self.wishes.get(widget, turn % count) if widget is not None else turn % count
            place = min(wish, count - 1)
            turn += 1
            left, width = spans[place]
            spot = QRect(left, bottoms[place], width, 0)
            bottoms[place] = self._put(item, spot, really=really)
        return max(bottoms) - area.y() - (self.gap if self.shown() else 0)

    def _put(self, item: QLayoutItem, spot: QRect, *, really: bool) -> int:
        has_its_own = item.hasHeightForWidth()  # a wrapped text's minimum size is that of its narrowest width
        least = 0 if has_its_own else item.minimumSize().height()
        spot.setHeight(max(item.heightForWidth(spot.width()) if has_its_own else item.sizeHint().height(), least))
        if really:
            item.setGeometry(spot)
        return spot.y() + spot.height() + self.gap


class FlowColumns(QWidget):
    """Cards that flow to one, two or three columns as the page is narrow or wide.

    `first` is the part of two columns that the first one takes, such as 0.55; without it, all are equal.
    """

    def __init__(self, *, gap: int = 12, narrowest: int = 300, most: int = 3, first: float = 0) -> None:
        super().__init__()
        self._cards = CardLayout(self, gap=gap, narrowest=narrowest, most=most, first=first)

    def add(self, card: QWidget, column: int | None = None, *, wide: bool = False) -> None:
        """Add a card at the end: into `column` where there are so many, across all with `wide`, else in turn."""
        if column is not None:
            self._cards.wishes[card] = column
        if wide:
            self._cards.wide.add(card)
        self._cards.addWidget(card)

    def columns(self) -> int:
        """How many columns there are now."""
        return self._cards.columns(self.width())
