with
    templates as (select distinct template from {{ ref("int_figures_split") }}),

    words as (
        select word, role, meaning, {{ spaced_words("word") }} as spaced_word
        from {{ ref("stg_seeds__words") }}
        where role in ('scale', 'number', 'currency', 'unit')
    ),

    spaced as (
        select template, {{ spaced_words("template") }} as spaced_template
        from templates
    ),

    found as (
        select distinct
            spaced.template,
            words.role,
            words.meaning,
            words.word,
            instr(spaced.spaced_template, words.spaced_word) as position,
            {{ full_match("words.word", "[$€£]") }} as is_sign
        from spaced
        inner join words on instr(spaced.spaced_template, words.spaced_word) > 0
        -- "2 per cento" is a share: the "cento" in it is no hundred.
        where words.word <> 'cento' or instr(spaced.spaced_template, ' per cento ') = 0
    ),

    -- The longest noun decides: "land vehicles" before "vehicles".
    nouns as (
        select
            template,
            meaning as noun_unit,
            row_number() over (
                partition by template order by length(word) desc, word
            ) as place
        from found
        where role = 'unit' and meaning not in ('percent', 'percent_of_gdp')
    ),

    numbers as (
        select
            template,
            max(position) as last_position,
            sum(cast(meaning as decimal(18, 6))) as word_number,
            -- "thirty-five" is a ten and a one; any other pair of number words is
            -- beyond this grammar.
            count(*) = 1
            or (
                count(*) = 2
                and min(cast(meaning as decimal(18, 6))) < 10
                and max(cast(meaning as decimal(18, 6))) >= 20
            ) as word_number_is_plain
        from found
        where role = 'number'
        group by template
    ),

    scales as (
        select
            template,
            count(distinct meaning) as scale_words,
            min(position) as first_position,
            -- "mille miliardi" and "hundred thousand" multiply; a third scale word
            -- has no reading.
            case
                count(distinct meaning)
                when 1
                then min(cast(meaning as bigint))
                when 2
                then min(cast(meaning as bigint)) * max(cast(meaning as bigint))
            end as scale_factor
        from found
        where role = 'scale'
        group by template
    ),

    currencies as (
        select
            template,
            max(case when not is_sign then meaning end) as currency_by_word,
            max(case when is_sign then meaning end) as currency_by_sign,
            count(distinct case when not is_sign then meaning end) as currency_words
        from found
        where role = 'currency'
        group by template
    ),

    shares as (
        select
            template,
            max(case when meaning = 'percent' then 1 else 0 end) = 1 as says_percent,
            max(case when meaning = 'percent_of_gdp' then 1 else 0 end) = 1 as says_gdp
        from found
        where role = 'unit'
        group by template
    ),

    final as (
        select
            templates.template,
            case
                when scales.template is null
                then cast(1 as bigint)
                else scales.scale_factor
            end as scale_factor,
            coalesce(scales.scale_words, 0) as scale_words,
            numbers.word_number,
            -- "a hundred and five" adds what stands behind the scale, which nothing
            -- here
            -- reads.
            coalesce(numbers.word_number_is_plain, true)
            and coalesce(
                numbers.last_position < scales.first_position, true
            ) as word_number_is_plain,
            -- Where a sign and a word disagree ("$2 billion euros"), the word is
            -- taken and the sign kept beside it.
            coalesce(
                currencies.currency_by_word, currencies.currency_by_sign
            ) as currency,
            case
                when currencies.currency_by_sign <> currencies.currency_by_word
                then currencies.currency_by_sign
            end as currency_alternative,
            coalesce(currencies.currency_words, 0) as currency_words,
            coalesce(shares.says_percent, false) as says_percent,
            coalesce(shares.says_gdp, false) as says_gdp,
            nouns.noun_unit
        from templates
        left join scales on templates.template = scales.template
        left join numbers on templates.template = numbers.template
        left join currencies on templates.template = currencies.template
        left join shares on templates.template = shares.template
        left join nouns on templates.template = nouns.template and nouns.place = 1
    )

select *
from final
