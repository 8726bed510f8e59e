"""Search columns in PostgreSQL: vectors and queries made from our own tokens, without any text search
configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, TextField, Value

from lianjian.foundation.search import Term, document_tokens, query_terms

ModelT = TypeVar("ModelT", bound=Model)


if TYPE_CHECKING:
    _AnyField = Field[Any, Any]
else:
    _AnyField = Field


class TokenQueryField(_AnyField):
    """The type tsquery, as the output of an expression."""

    def db_type(self, connection: Any) -> str:
        return "tsquery"


class TokenVector(Func):
    """`array_to_tsvector` of a text's tokens, to be assigned to a SearchVectorField."""

    function = "array_to_tsvector"
    template = "%(function)s(%(expressions)s::text[])"

    def __init__(self, *texts: str | None) -> None:
        tokens = document_tokens("\n".join(text for text in texts if text))
        super().__init__(
            Value(tokens, output_field=ArrayField(TextField())), output_field=SearchVectorField()
        )


def vector(*texts: str | None) -> TokenVector:
    """The value for a SearchVectorField from the texts that shall find the row."""
    return TokenVector(*texts)


class TokenQuery(Func):
    """A tsquery: all terms must be found. The text is cast, not parsed by a configuration, so tokens stay
    whole.
    """

    template = "%(expressions)s::tsquery"

    def __init__(self, terms: list[Term]) -> None:
        super().__init__(Value(tsquery_text(terms), output_field=TextField()), output_field=TokenQueryField())


class AnyToken(Func):
    """`column @@ query` where one of the terms is enough."""

    template = "%(expressions)s"
    arg_joiner = " @@ "

    def __init__(self, column: str, terms: list[Term]) -> None:
        query = TokenQuery([])
        query.set_source_expressions([Value(" | ".join(map(_quoted, terms)), output_field=TextField())])
        super().__init__(F(column), query, output_field=BooleanField())


class TokenMatch(Func):
    """`column @@ query` as a condition, all terms found. The index answers it where the function behind `@@` is
    leakproof (`config.launcher.roles`): otherwise row security has each row looked at.
    """

    template = "%(expressions)s"
    arg_joiner = " @@ "

    def __init__(self, column: str, terms: list[Term]) -> None:
        super().__init__(F(column), TokenQuery(terms), output_field=BooleanField())


class TokenCheck(Func):
    """The same, never by the index: for a single character, whose pairs are so many that the index only loses time."""

    function = "ts_match_vq"

    def __init__(self, column: str, terms: list[Term]) -> None:
        super().__init__(F(column), TokenQuery(terms), output_field=BooleanField())


def tsquery_text(terms: list[Term]) -> str:
    """The text form of a tsquery: every token quoted, so that none can act as an operator."""
    return " & ".join(_quoted(term) for term in terms)


def _quoted(term: Term) -> str:
    token = term.token.replace("\x00", "").replace("\\", "\\\\").replace("'", "''")
    return f"'{token}'" + (":*" if term.prefix else "")


def vector_text(*texts: str | None) -> str:
    """The text form of a tsvector, for a SearchVectorField written in bulk.

    Tokens hold letters, digits and -_/.@ alone (`search._RUNS`), none of which needs a quote.
    """
    return " ".join(document_tokens("\n".join(text for text in texts if text)))


class Vectors(dict[str, str]):
    """The text form of the vector of each text, made once: firms and people repeat from row to row.

    Forms joined by a blank are the form of the texts together; a token may stand there twice.
    """

    def __missing__(self, text: str) -> str:
        made = self[text] = vector_text(text)
        return made


def search(queryset: QuerySet[ModelT], query: str, *, column: str = "search") -> QuerySet[ModelT]:
    """Rows of `queryset` in which every term of `query` is found; all rows when the query says nothing."""
    close, loose = _sorted(query_terms(query))
    if close:
        queryset = queryset.filter(TokenMatch(column, close))
        return queryset.filter(TokenCheck(column, loose)) if loose else queryset
    if loose:
        return queryset.filter(TokenMatch(column, loose))
    return queryset.none() if query.strip() else queryset


def _sorted(terms: list[Term]) -> tuple[list[Term], list[Term]]:
    """Terms that the index finds well, and single characters."""
    loose = [term for term in terms if term.prefix and len(term.token) == 1]
    return [term for term in terms if term not in loose], loose


# A word of one pair of characters and a single character: the two sorts that `search` tells apart.
_PAIR, _ALONE = "公司", "座"


def stand_in(query: str) -> tuple[str, dict[str, str]]:
    """A query whose statement by `search` is that of this one but for its values, and what these stand for.

    ("", {}) for a query that says nothing.
    """
    close, loose = _sorted(query_terms(query))
    asked = [(token, terms) for token, terms in ((_PAIR, close), (_ALONE, loose)) if terms]
    given = {tsquery_text([Term(token, token == _ALONE)]): tsquery_text(terms) for token, terms in asked}
    return " ".join(token for token, _terms in asked), given
