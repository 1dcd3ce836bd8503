{#
    Captured figures at volume: a seed and, where ARSENALE_FIGURES names them, the batches beside it. A batch is one
    Parquet file per kind, with the seed's columns, all text; the variable is a folder of them or a glob. The documents
    of a batch stand in a file of the same name, in the folder `documents` beside it. The gate has seen them all.
#}
{% macro with_batches(seed, folder="") -%}
    {%- set figures = env_var("ARSENALE_FIGURES", "") -%}
    {%- if not figures -%} select * from {{ seed }}
    {%- else -%}
        {{ adapter.dispatch("with_batches")(seed, batch_files(figures, folder)) }}
    {%- endif -%}
{%- endmacro %}

{% macro batch_files(figures, folder) -%}
    {%- set is_glob = "*" in figures or figures.endswith(".parquet") -%}
    {%- set files = (
        figures if is_glob else figures.rstrip("/") ~ "/*.parquet"
    ).split("/") -%}
    {{- (files[:-1] + ([folder] if folder else []) + files[-1:]) | join("/") -}}
{%- endmacro %}

{% macro default__with_batches(seed, files) -%}
    {%- set literal = files | replace("'", "''") -%}
    select *
    from {{ seed }}
    union all by name
    select *
    from read_parquet('{{ literal }}')
{%- endmacro %}
{% macro spark__with_batches(seed, files) -%}
    {#- Spark unites by position. -#}
    {%- set columns = (
        adapter.get_columns_in_relation(seed)
        | map(attribute="quoted")
        | join(", ")
    ) -%}
    select {{ columns }}
    from {{ seed }}
    union all
    select {{ columns }}
    from parquet.`{{ files }}`
{%- endmacro %}
