"""The figures that the directory can answer for, by subject: tags, villages and posted cadres; volunteer teams."""

from . import teams, villages

INDICATORS = [*villages.INDICATORS, *teams.INDICATORS]
