"""A text disclosure of one form with four amounts."""

FORM = (
    "表1\n2024年部门综合预算收支总表\n单位：元\n"
    "收入\t\t支出\t\n"
    "项目\t预算数\t支出功能分类科目（按大类）\t预算数\n"
    "一、财政拨款\t{amount}.00\t一、一般公共服务支出\t{amount}.00\n"
    "收入总计\t{amount}.00\t支出总计\t{amount}.00\n"
)
AMOUNTS = 4
