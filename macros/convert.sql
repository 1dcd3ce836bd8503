{# An amount in another currency, to the cent. Rates are units for one euro. #}
{% macro to_eur(amount, units_per_eur) -%}
    {{
        rounded(
            "cast(" ~ amount ~ " as double) / cast(" ~ units_per_eur ~ " as double)",
            2,
        )
    }}
{%- endmacro %}

{% macro to_usd(amount, units_per_eur, usd_per_eur) -%}
    {{
        rounded(
            "cast("
            ~ amount
            ~ " as double) / cast("
            ~ units_per_eur
            ~ " as double) * cast("
            ~ usd_per_eur
            ~ " as double)",
            2,
        )
    }}
{%- endmacro %}

{# `part` in percent of `whole`, to four decimals. #}
{% macro percent_of(part, whole) -%}
    {{
        rounded(
            "100 * cast("
            ~ part
            ~ " as double) / nullif(cast("
            ~ whole
            ~ " as double), 0)",
            4,
        )
    }}
{%- endmacro %}
