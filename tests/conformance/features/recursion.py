"""Recursion: to oneself and to each other, through every container, alias and tag."""

from __future__ import annotations

from .case import Case, both

SELF: tuple[Case, ...] = (
    both(
        "self-optional",
        """
        class Root(BaseModel):
            value: int
            next: Optional['Root'] = None
        """,
        ["Root(value=1)", "Root(value=1, next=Root(value=2, next=Root(value=3)))"],
        [
            {"value": 1, "next": {}},
            {"value": 1, "next": {"value": 1, "next": {"value": "x"}}},
            {"value": 1, "next": 1},
        ],
    ),
    both(
        "self-list",
        """
        class Root(BaseModel):
            name: str
            children: list['Root'] = []
        """,
        [
            "Root(name='x')",
            "Root(name='x', children=[Root(name='y', children=[Root(name='z')]), Root(name='')])",
        ],
        [
            {"name": "x", "children": [{}]},
            {"name": "x", "children": [{"name": "y", "children": [1]}]},
        ],
    ),
    both(
        "self-dict",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            children: dict[str, 'Root']
        """,
        ["Root(children={})", "Root(children={'a': Root(children={'b': Root(children={})})})"],
        [{"children": {"a": {}}}, {"children": {"a": {"children": {}, "x": 1}}}, {"children": []}],
    ),
    both(
        "self-in-a-tuple",
        """
        class Root(BaseModel):
            pair: tuple['Root', 'Root'] | None
        """,
        [
            "Root(pair=None)",
            "Root(pair=(Root(pair=None), Root(pair=(Root(pair=None), Root(pair=None)))))",
        ],
        [{"pair": [{"pair": None}]}, {"pair": [{"pair": None}, None]}, {}],
    ),
    both(
        "self-in-extra",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, 'Root']
            x: int
        Root.model_rebuild()
        """,
        ["Root(x=1)", "Root(x=1, y=Root(x=2))"],
        [{"x": 1, "y": 2}, {"x": 1, "y": {}}],
    ),
    both(
        "self-in-a-union",
        """
        class Root(BaseModel):
            value: Union[int, str, 'Root', list['Root'], None]
        """,
        [
            "Root(value=None)",
            "Root(value=Root(value='x'))",
            "Root(value=[Root(value=1), Root(value=[])])",
        ],
        [{"value": {}}, {"value": [1]}, {"value": {"value": 1.5}}],
    ),
    both(
        "self-inherited",
        """
        class Base(BaseModel):
            parent: Optional['Base'] = None
        class Root(Base):
            children: list['Root'] = []
        """,
        ["Root(parent=Base(parent=Base()), children=[Root()])"],
        [
            {"children": [1], "parent": None},
            {"parent": 1, "children": []},
            {"parent": {"parent": 1}, "children": []},
        ],
    ),
)

MUTUAL: tuple[Case, ...] = (
    both(
        "mutual",
        """
        class Author(BaseModel):
            name: str
            books: list['Book'] = []
        class Book(BaseModel):
            title: str
            author: Author | None = None
        class Root(BaseModel):
            a: Author
            b: Book
        """,
        [
            "Root(a=Author(name='x', books=[Book(title='y', author=Author(name='z'))]), b=Book(title=''))"
        ],
        [
            {"a": {"name": "x", "books": [{}]}, "b": {"title": "", "author": None}},
            {
                "a": {"name": "x", "books": []},
                "b": {"title": "", "author": {"name": 1, "books": []}},
            },
        ],
    ),
    both(
        "mutual-of-three",
        """
        class Root(BaseModel):
            b: Optional['B'] = None
        class B(BaseModel):
            c: 'list[C]'
        class C(BaseModel):
            root: 'dict[str, Root]'
        """,
        ["Root(b=B(c=[C(root={'x': Root(b=B(c=[]))})]))", "Root()"],
        [{"b": {"c": [{"root": {"x": {"b": 1}}}]}}, {"b": {}}],
    ),
    both(
        "mutual-typed-dicts",
        """
        class Branch(TypedDict):
            left: 'Branch | Leaf'
            right: NotRequired['Branch | Leaf | None']
        class Leaf(TypedDict):
            value: int
        class Root(BaseModel):
            tree: Branch | Leaf
        """,
        [
            "Root(tree={'value': 1})",
            "Root(tree={'left': {'left': {'value': 1}, 'right': None}, 'right': {'value': 2}})",
        ],
        [{"tree": {}}, {"tree": {"left": {}}}, {"tree": {"left": {"value": "x"}}}],
    ),
    both(
        "mutual-dataclasses",
        """
        @pydantic_dataclasses.dataclass
        class Node:
            edges: list['Edge']
        @pydantic_dataclasses.dataclass
        class Edge:
            to: Node | None
        class Root(BaseModel):
            node: Node
        """,
        ["Root(node=Node(edges=[Edge(to=Node(edges=[])), Edge(to=None)]))"],
        [{"node": {"edges": [{}]}}, {"node": {"edges": [{"to": {}}]}}],
    ),
)

ALIASES: tuple[Case, ...] = (
    both(
        "alias-to-itself",
        """
        Tree = TypeAliasType('Tree', 'int | list[Tree]')
        class Root(BaseModel):
            tree: Tree
        """,
        ["Root(tree=1)", "Root(tree=[1, [2, []]])"],
        [{"tree": "x"}, {"tree": [["x"]]}, {"tree": {}}],
    ),
    both(
        "alias-of-json",
        """
        Root = TypeAliasType('Root', 'str | int | float | bool | None | list[Root] | dict[str, Root]')
        """,
        ["None", "[1, 'x', {'y': [True, None]}]", "1.5"],
        total=True,
    ),
    both(
        "alias-through-a-dict",
        """
        Tree = TypeAliasType('Tree', 'dict[str, Tree | None]')
        class Root(BaseModel):
            tree: Tree
        """,
        ["Root(tree={})", "Root(tree={'a': {'b': None, 'c': {}}})"],
        [{"tree": {"a": 1}}, {"tree": {"a": {"b": {"c": 1}}}}, {"tree": []}],
    ),
    both(
        "alias-statement",
        """
        type Tree = int | list[Tree]
        class Root(BaseModel):
            tree: Tree
        """,
        ["Root(tree=1)", "Root(tree=[1, [2]])"],
        [{"tree": "x"}, {"tree": [["x"]]}],
        python=(3, 12),
    ),
    both(
        "alias-statement-generic",
        """
        type Nested[T] = T | list[Nested[T]]
        class Root(BaseModel):
            ints: Nested[int]
            strings: Nested[str]
        """,
        ["Root(ints=[1, [2]], strings='x')", "Root(ints=1, strings=[['x']])"],
        [{"ints": "x", "strings": "x"}, {"ints": 1, "strings": [[1]]}],
        python=(3, 12),
    ),
    both(
        "alias-mutual",
        """
        Expr = TypeAliasType('Expr', 'int | Call')
        Call = TypeAliasType('Call', 'tuple[str, list[Expr]]')
        class Root(BaseModel):
            expr: Expr
        """,
        ["Root(expr=1)", "Root(expr=('f', [1, ('g', [])]))"],
        [{"expr": ["f"]}, {"expr": ["f", ["x"]]}, {"expr": "x"}],
    ),
    both(
        "root-model-to-itself",
        """
        class Root(RootModel[list['Root'] | int]):
            pass
        """,
        ["Root(1)", "Root([Root(1), Root([])])"],
        ["x", ["x"], [[None]], {}],
    ),
)

MIXED: tuple[Case, ...] = (
    both(
        "recursive-tagged",
        """
        class Num(BaseModel):
            op: Literal['num'] = 'num'
            value: float = Field(allow_inf_nan=False)
        class Add(BaseModel):
            op: Literal['add'] = 'add'
            left: 'Expr'
            right: 'Expr'
        class Neg(BaseModel):
            op: Literal['neg'] = 'neg'
            of: 'Expr'
        Expr = Annotated[Num | Add | Neg, Field(discriminator='op')]
        class Root(BaseModel):
            expr: Expr
        """,
        [
            "Root(expr=Num(value=1))",
            "Root(expr=Add(left=Num(value=1), right=Neg(of=Num(value=2))))",
        ],
        [
            {"expr": {"op": "add", "left": {"op": "num", "value": 1}}},
            {"expr": {"op": "neg", "of": {"op": "num", "value": None}}},
            {"expr": {"op": "neg", "of": {}}},
            {"expr": {}},
        ],
    ),
    both(
        "recursive-generic",
        """
        T = TypeVar('T')
        class Node(BaseModel, Generic[T]):
            value: T
            children: list['Node[T]'] = []
        class Root(BaseModel):
            ints: Node[int]
            texts: Node[str]
        """,
        [
            "Root(ints=Node[int](value=1, children=[Node[int](value=2)]), texts=Node[str](value='x'))"
        ],
        [
            {
                "ints": {"value": 1, "children": [{"value": "x", "children": []}]},
                "texts": {"value": "", "children": []},
            },
            {"ints": {"value": 1, "children": []}, "texts": {"value": 1, "children": []}},
        ],
    ),
    both(
        "recursive-overlapping-union",
        """
        class Leaf(BaseModel):
            name: str
        class Folder(BaseModel):
            name: str
            items: list['Leaf | Folder']
        class Root(BaseModel):
            top: Leaf | Folder
        """,
        [
            "Root(top=Leaf(name='x'))",
            "Root(top=Folder(name='x', items=[Leaf(name='y'), Folder(name='z', items=[])]))",
        ],
        [{"top": {}}, {"top": {"items": []}}],
    ),
    both(
        "recursive-nullable-alias",
        """
        MaybeNode = Optional['Node']
        class Node(BaseModel):
            next: MaybeNode
            by_name: dict[str, MaybeNode] = {}
        class Root(BaseModel):
            node: MaybeNode
        """,
        ["Root(node=None)", "Root(node=Node(next=Node(next=None), by_name={'x': None}))"],
        [{"node": {}}, {"node": {"next": 1, "by_name": {}}}],
    ),
    both(
        "recursive-with-computed-field",
        """
        class Root(BaseModel):
            x: int
            inner: Optional['Root'] = None
            @computed_field
            @property
            def depth(self) -> int:
                return 1 + (self.inner.depth if self.inner else 0)
        """,
        ["Root(x=1, inner=Root(x=2))"],
        [{"x": "q"}],
        never_emits=[
            {"x": 1, "inner": None},
            {"x": 1, "inner": {"x": 1, "inner": None}, "depth": 2},
        ],
        also_accepts=[{"x": 1, "inner": {"x": 2}}],
    ),
    both(
        "recursive-through-everything",
        """
        class A(BaseModel):
            bs: tuple['B | None', ...] = ()
            pair: tuple['A', 'C'] | None = None
        class B(BaseModel):
            kind: Literal['b'] = 'b'
            items: dict[str, list['A | C']]
        class C(BaseModel):
            kind: Literal['c'] = 'c'
            either: Annotated['B | C', Field(discriminator='kind')] | None
            more: dict[Literal['x', 'y'], 'A'] = {}
        class Root(BaseModel):
            a: A
            v: Annotated[B | C, Field(discriminator='kind')]
        """,
        [
            "Root(a=A(bs=(None, B(items={'k': [A(), C(either=None)]}))), v=C(either=C(either=None, more={'x': A()})))",
            "Root(a=A(pair=(A(), C(either=None))), v=B(items={}))",
        ],
        [
            {"a": {"bs": [1], "pair": None}, "v": {"kind": "b", "items": {}}},
            {
                "a": {"bs": [], "pair": None},
                "v": {"kind": "c", "either": {"kind": "c"}, "more": {}},
            },
            {"a": {"bs": [], "pair": [{"bs": [], "pair": None}]}, "v": {"kind": "b", "items": {}}},
        ],
    ),
    both(
        "recursive-with-optional-keys",
        """
        class Node(TypedDict, total=False):
            value: int
            left: 'Node'
            right: 'Node | None'
            many: 'list[Node]'
        class Root(BaseModel):
            node: Node
        """,
        ["Root(node={})", "Root(node={'left': {'right': None}, 'many': [{}, {'value': 1}]})"],
        [{"node": {"left": None}}, {"node": {"many": [1]}}, {"node": {"left": {"value": "x"}}}],
    ),
    both(
        "recursive-models-that-are-the-same-both-ways-or-not",
        """
        class Same(BaseModel):
            inner: 'Same | None'
        class Differs(BaseModel):
            inner: 'Differs | None' = None
            same: Same | None
        class Root(BaseModel):
            same: Same
            differs: Differs
        """,
        [
            "Root(same=Same(inner=Same(inner=None)), differs=Differs(inner=Differs(same=None), same=Same(inner=None)))"
        ],
        [
            {"same": {}, "differs": {"inner": None, "same": None}},
            {"same": {"inner": None}, "differs": {"inner": None}},
        ],
        also_accepts=[{"same": {"inner": None}, "differs": {"same": None}}],
        never_emits=[{"same": {"inner": None}, "differs": {"same": None}}],
    ),
)

CASES = (*SELF, *MUTUAL, *ALIASES, *MIXED)
