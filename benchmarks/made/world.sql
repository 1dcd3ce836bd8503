-- What there is to print: kinds of figures, words, months, hedges; and how a number is printed.
create macro pick(i, salt) as (hash(i, salt, getvariable('seed')) // 7)::bigint;
create macro among(list, i, salt) as list[1 + pick(i, salt) % len(list)];
create table kinds as
select *, lag(up_to, 1, 0) over (order by up_to) as from_
from (select unnest([
        {up_to: 340, family: 'deal', measure: 'deal_value', unit: 'money', status: 'signed'},
        {up_to: 490, family: 'deal', measure: 'deal_quantity', unit: 'count', status: 'delivered'},
        {up_to: 590, family: 'deployment', measure: 'deployed_personnel', unit: 'person', status: 'reported'},
        {up_to: 650, family: 'deployment', measure: 'deployed_land_vehicles', unit: 'vehicle', status: 'authorised'},
        {up_to: 690, family: 'deployment', measure: 'deployed_aircraft', unit: 'aircraft', status: 'authorised'},
        {up_to: 730, family: 'deployment', measure: 'deployed_naval_units', unit: 'ship', status: 'authorised'},
        {up_to: 810, family: 'deployment', measure: 'operation_cost', unit: 'money', status: 'authorised'},
        {up_to: 890, family: 'trade', measure: 'export_authorisations_value', unit: 'money', status: 'authorised'},
        {up_to: 940, family: 'personnel', measure: 'force_size', unit: 'person', status: 'reported'},
        {up_to: 960, family: 'commitment', measure: 'spending_target', unit: 'percent_of_gdp', status: 'target'},
        {up_to: 980, family: 'spending', measure: 'expenditure', unit: 'money', status: 'reported'},
        {up_to: 985, family: 'spending', measure: 'expenditure_growth', unit: 'percent_change', status: 'reported'},
        {up_to: 990, family: 'spending', measure: 'expenditure_share_of_gdp', unit: 'percent_of_gdp', status: 'reported'},
        {up_to: 1000, family: 'spending', measure: 'expenditure_rank', unit: 'rank', status: 'reported'}
    ], recursive := true));
-- Lists, by what they are looked up with: "en person" has its nouns.
set variable nouns = (
    select map(list(unit_of), list(words))
    from (
        select language || ' ' || meaning as unit_of, list(word order by word) as words
        from words
        where
            role = 'unit'
            and meaning in ('person', 'vehicle', 'aircraft', 'ship', 'missile', 'munition')
            and word not in ('strong', 'americans')
        group by all
    )
);
set variable hedges = (
    select map(list(modality_of), list(words))
    from (
        select language || ' ' || meaning as modality_of, list(word order by word) as words
        from words
        where role = 'hedge' and word not in ('top', 'one of the', 'since', 'maximum size')
        group by all
    )
);
set variable months = (
    select map(list(language), list(names))
    from (
        select language, list(upper(word[1]) || word[2:] order by month) as names
        from (
            select language, cast(meaning as integer) as month, max_by(word, length(word)) as word
            from words
            where role = 'month'
            group by all
        )
        group by all
    )
);
set variable countries = (select list(party_id order by party_id) from parties where kind = 'country');
set variable operations = (select list(operation_id order by operation_id) from operations);
set variable definitions = ['sipri', 'ministry_budget', 'integrated_budget'];
set variable services = ['ita-state', 'ita-ministry-of-defence', 'ita-army', 'ita-navy', 'ita-air-force'];
set variable digits = {
    'en': ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    'it': [null, 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove']
};
create macro print_whole(whole, separator) as replace(format('{:,}', whole), ',', separator);
create macro print_number(number, decimals, language, marks) as
    case
        when number // (10 ** decimals)::bigint < 1000 or marks in (0, 1) then (number // (10 ** decimals)::bigint)::varchar
        else print_whole(
            (number // (10 ** decimals)::bigint),
            case marks
                when 2 then ' ' when 3 then chr(160) when 4 then chr(39) when 5 then chr(8239)
                else if(language = 'it', '.', ',')
            end
        )
    end
    || case
        when decimals = 0 then ''
        else case
                when marks = 6 and number // (10 ** decimals)::bigint < 1000 then if(language = 'it', '.', ',')
                else if(language = 'it', ',', '.')
            end
            || lpad((number % (10 ** decimals)::bigint)::varchar, decimals, '0')
    end;
