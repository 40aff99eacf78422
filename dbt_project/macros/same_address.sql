{#-
    An address without what a website adds for one visitor or one moment (a session, a counter): what is found under two
    of them was found at one place.
-#}
{%- macro same_address(uri) -%}
regexp_replace(
            {{ uri }},
            '(;jsessionid=[^?#]*)|([?&](jsessionid|phpsessid|aspsessionid[a-z]*|sessionid|session_id|session|sid|token|timestamp|ts|rnd|rand|random|_)=[^&#]*)',
            '',
            'gi'
        )
{%- endmacro -%}
