-- Of every list that states any; all are loaded before dbt begins. It names one that nearly all rests on, so that
-- what a wrong row would lead to is not built: {{ ref("forms") }}
{{ config(meta={"asks": "rules", "of": "seeds"}) }}
{{ broken_rules(seeds_with_rules(), ["named"], are_left_out=true) }}
