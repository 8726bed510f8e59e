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

    def __init__(self, query: str) -> None:
        text = tsquery_text(query_terms(query))
        super().__init__(Value(text, output_field=TextField()), output_field=TokenQueryField())


class AnyToken(Func):
    """`column @@ query` where one of the terms is enough."""

    template = "%(expressions)s"
    arg_joiner = " @@ "

    def __init__(self, column: str, terms: list[Term]) -> None:
        query = TokenQuery("")
        query.set_source_expressions([Value(" | ".join(map(_quoted, terms)), output_field=TextField())])
        super().__init__(F(column), query, output_field=BooleanField())


class TokenMatch(Func):
    """`column @@ query` as a condition."""

    template = "%(expressions)s"
    arg_joiner = " @@ "

    def __init__(self, column: str, query: str) -> None:
        super().__init__(F(column), TokenQuery(query), output_field=BooleanField())


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
    if not query_terms(query):
        return queryset.none() if query.strip() else queryset
    return queryset.filter(TokenMatch(column, query))
