{# Kinds of numbers that are no figures and need no row of a seed: the kind is the reason. A test compares the
   warehouse's account of every number with that of `arsenale coverage`, which knows them too. #}
{% macro kinds_without_a_row() %}
    {{ return(["designation", "reference", "other_number"]) }}
{% endmacro %}
