#!/usr/bin/env python3
"""Lists in the forms in which bureaus keep them, and what must be found in each.

  make_lists.py write FOLDER       write them all
  make_lists.py check PROGRAM      make each, give it to PROGRAM import --dry-run --json, compare

A sheet is written as text: a line a row, '|' between cells, '<' merged with the cell to the left, '^' with
the cell above, \\n a line break; a cell =1.5 is a number, @2024-03-01 a date, ~text an inline string of rich
runs. What must be found: header rows, first data row, rows with projects, sections, totals and notes below
the header, exact sum in 万元, (count, sum in 万元, words) of amounts with a qualifier, fields."""
import datetime, io, json, os, subprocess, sys, tempfile, zipfile
from xml.sax.saxutils import escape

LISTS = []


def lst(name, rows, header, first, data, sections, skipped, wan, fields, qual=(0, 0, []), kind=None, asks=None, **form):
    LISTS.append(dict(name=name, rows=rows, header=header, first=first, data=data, sections=sections, skipped=skipped,
                      wan=wan, fields=fields.split(",") if fields else [], qual=qual, kind=kind, asks=asks or [], form=form))


# ---- headers in rows 1 to 4, titles, unit lines
lst("title_unit_line_merged.xlsx",
    "寿光市2024年重点招商项目一览表|<|<|<|<|<\n填报单位：寿光市投资促进中心||||单位：亿元|<\n序号|项 目 名 称|投 资 方|总 投 资|签约时间|备 注\n"
    "=1|蔬菜种苗繁育基地|甲农业公司|=3.5|@2024-03-01|\n=2|设施装备制造项目|乙装备公司|=12|2024年2月|\n合 计|||=15.5||",
    [3], 4, 2, 0, 1, 155000, "seq,name,investor_text,total_invest_fen,sign_date,note")
lst("header_in_row_4.xlsx",
    "附件2|<|<|<\n全市招商引资签约项目情况表|<|<|<\n（截至2024年3月31日，单位：万元）|<|<|<\n项目名称|县市区|投资额|进展情况\n"
    "高端轴承项目|诸城市|=50000|已签约\n精密铸造项目|高密市|=8000|在谈",
    [4], 5, 2, 0, 0, 58000, "name,region_code,total_invest_fen,stage")
lst("header_in_row_1_gbk.csv",
    "项目名称,所属县区,合同投资额（万元）,签约日期,项目进展\n海绵城市产业园,奎文区,\"120,000\",2024.06,签约\n智能仓储项目,潍城区,\"3,500\",2024/7/2,洽谈",
    [1], 2, 2, 0, 0, 123500, "name,region_code,total_invest_fen,sign_date,stage", encoding="gb18030")
lst("two_header_rows_merged.xlsx",
    "2023年度开工项目台账|<|<|<|<|<|<\n序号|项目名称|投资情况（亿元）|<|投资主体|<|开工时间\n^|^|总投资|其中：固定资产投资|名称|联系人|^\n"
    "=1|风电叶片项目|=20|=15|甲公司|张三|2023年5月\n=2|光伏组件项目|=8.5|=6|乙公司|李四|2023-08-15",
    [2, 3], 4, 2, 0, 0, 285000, "seq,name,total_invest_fen,fai_fen,investor_text,contact_name,start_date")
lst("two_header_rows_csv_gaps.csv",
    "序号,项目名称,投资（万元）,,进度,\n,,总投资,固定资产投资,阶段,开工时间\n1,制氢装备项目,6000,4000,开工,2024年1月\n2,储氢瓶项目,9000,7000,签约,",
    [1, 2], 3, 2, 0, 0, 15000, "seq,name,total_invest_fen,fai_fen,stage,start_date")
lst("three_rows_above.xlsx",
    "潍坊市商务局文件附表|<|<|<\n|||\n在谈项目清单|<|<|<\n编号|项目|拟投资额(亿元)|对接单位\n=1|芯片封测项目|=30|商务局\n=2|光电显示项目|=45|经发局",
    [4], 5, 2, 0, 0, 750000, "seq,name,total_invest_fen,")

# ---- sections, totals above and below, notes
lst("sections_and_subtotals.xlsx",
    "项目汇总|<|<|<\n单位：万元|<|<|<\n序号|项目名称|属地|总投资\n一、工业项目|<|<|<\n=1|甲机械项目|寿光市|=1000\n=2|乙化工项目|昌邑市|=2000\n小计|||=3000\n"
    "二、服务业项目|<|<|<\n=1|丙物流项目|坊子区|=500\n小计|||=500\n合计|||=3500\n注：数据为计划数。|<|<|<",
    [3], 4 + 1, 3, 2, 4, 3500, "seq,name,region_code,total_invest_fen")
lst("total_above_data.xlsx",
    "招商项目表|<|<|<\n序号|项目名称|总投资（亿元）|状态\n合计（3个）||=18|\n=1|甲产业园|=10|已开工\n=2|乙产业园|=5|已签约\n=3|丙产业园|=3|在谈",
    [2], 4, 3, 0, 1, 180000, "seq,name,total_invest_fen,stage")
lst("section_with_its_sum.xlsx",
    "序号|项目名称|总投资（万元）|建设内容\n一|续建项目（2个）|=3000|\n=1|水厂扩建|=1000|日处理五万吨\n=2|热源厂改造|=2000|新增两台锅炉\n二|新建项目（1个）|=800|\n=1|污泥处置|=800|日处理三百吨",
    [1], 3, 3, 2, 0, 3800, "seq,name,total_invest_fen,content")
lst("county_rows_as_sections.csv",
    "序号,项目名称,总投资（亿元）,签约时间\n青州市,,,\n1,花卉交易中心,2,2024年3月\n2,工程机械配件园,6,2024年3月\n临朐县,,,\n1,铝型材项目,1.5,2024年2月",
    [1], 3, 3, 2, 0, 95000, "seq,name,total_invest_fen,sign_date")
lst("notes_and_signatures.xlsx",
    "序号|项目名称|投资额（万元）\n=1|甲|=100\n=2|乙|=200\n总计||=300\n填表人：王五|审核人：赵六|联系电话：0536-8091234\n说明：1.本表按月报送；2.投资额为协议数。|<|<",
    [1], 2, 2, 0, 3, 300, "seq,name,total_invest_fen")
lst("repeated_header_page_two.xlsx",
    "项目台账|<|<\n序号|项目名称|总投资（万元）\n=1|甲|=100\n本页小计||=100\n项目台账（续）|<|<\n序号|项目名称|总投资（万元）\n=2|乙|=200\n本页小计||=200\n合计||=300",
    [2], 3, 2, 0, 3, 300, "seq,name,total_invest_fen")
lst("blank_rows_between.xlsx",
    "\n项目名称|投资方|总投资（亿元）\n\n甲项目|甲公司|=1\n\n\n乙项目|乙公司|=2\n\n合计||=3",
    [2], 4, 2, 0, 1, 30000, "name,investor_text,total_invest_fen")

# ---- what counties do besides
lst("ticks_under_stages_to_the_last_column.xlsx",
    "序号|项目名称|投资方|总投资（亿元）|项目阶段|<|<\n^|^|^|^|在谈|签约|开工\n=1|甲|甲公司|=1|√||\n=2|乙|乙公司|=2||√|\n=3|丙|丙公司|=3|||√",
    [1, 2], 3, 3, 0, 0, 60000, "seq,name,investor_text,total_invest_fen,stage,stage,stage")
lst("second_table_with_other_columns.xlsx",
    "签约项目|<|<|<\n序号|项目名称|投资方|总投资（亿元）\n=1|甲|甲公司|=1\n\n二、在谈项目|<|<|<\n序号|项目名称|总投资（万元）|投资方\n=1|乙|=300|乙公司\n=2|丙|=400|丙公司",
    [2], 3, 3, 1, 0, 10700, "seq,name,investor_text,total_invest_fen")
lst("currencies_with_their_scale.xlsx",
    "序号|项目名称|总投资|币种|阶段\n=1|甲|=5000|万元人民币|签约\n=2|乙|=300|万美元|在谈",
    [1], 2, 2, 0, 0, 5000, "seq,name,total_invest_fen,currency,stage")
lst("unit_in_a_note_below.xlsx",
    "序号|项目名称|总投资|阶段\n=1|甲|=3|在谈\n=2|乙|=5|签约\n注：总投资单位为亿元。|<|<|<\n寿光市招商局|<|<|<",
    [1], 2, 2, 0, 2, 80000, "seq,name,total_invest_fen,stage")
lst("projects_in_columns.xlsx",
    "项目名称|甲|乙\n投资方|甲公司|乙公司\n总投资（万元）|=100|=200\n项目阶段|签约|在谈", [], None, 0, 0, 0, 0, "",
    kind="transposed")

# ---- merged categories
lst("merged_categories.xlsx",
    "产业类别|县区|项目名称|总投资（亿元）|阶段\n高端装备|寿光市|甲项目|=1|签约\n^|^|乙项目|=2|开工\n^|诸城市|丙项目|=3|投产\n新材料|昌邑市|丁项目|=4|在谈",
    [1], 2, 4, 0, 0, 100000, "industry_code,region_code,name,total_invest_fen,stage")
lst("merged_project_over_two_rows.xlsx",
    "序号|项目名称|投资方|总投资（万元）|签约时间\n=1|联合建设项目|甲公司|=5000|2024.3.1\n^|^|乙公司|^|^\n=2|独资项目|丙公司|=800|2024.3.9",
    [1], 2, 2, 0, 0, 5800, "seq,name,investor_text,total_invest_fen,sign_date")

# ---- qualifiers, ranges, foreign money
lst("qualifiers.csv",
    "项目名称,总投资,签约时间\n甲,约5亿元,2024年3月\n乙,10亿元以上,2024.04\n丙,近3亿元,2024-05-06\n丁,超20亿元,3月底前\n戊,100余亿元,2024年\n己,50多亿元,2024年二季度\n庚,一期2亿元,\n辛,8亿元,",
    [1], 2, 8, 0, 0, 80000, "name,total_invest_fen,sign_date",
    qual=(7, 1900000, ["一期", "以上", "余", "多", "约", "超", "近"]))
lst("foreign_currency.csv",
    "项目名称,投资总额（万元）,国别\n甲,3000,中国\n乙,500万美元,美国\n丙,1亿欧元,德国\n丁,2000万港元,香港\n戊,4000,日本",
    [1], 2, 5, 0, 0, 7000, "name,total_invest_fen,investor_origin")
lst("dollar_column.xlsx",
    "序号|项目名称|总投资（万美元）|投资方\n=1|甲外资项目|=1200|A公司\n=2|乙外资项目|=300|B公司",
    [1], 2, 2, 0, 0, 0, "seq,name,total_invest_fen,investor_text")
lst("units_in_cells_mixed.csv",
    "项目名称,总投资\n甲,3.5亿元\n乙,3500万元\n丙,12000000元\n丁,0.8亿\n戊,9千万",
    [1], 2, 5, 0, 0, 35000 + 3500 + 1200 + 8000 + 9000, "name,total_invest_fen")
lst("hanzi_amounts.csv",
    "项目名称,投资额\n甲,三亿五千万元\n乙,十二亿元\n丙,壹亿元",
    [1], 2, 3, 0, 0, 35000 + 120000 + 10000, "name,total_invest_fen")

# ---- encodings, separators, widths
lst("full_width_digits.csv",
    "序号,项目名称,总投资（万元）\n１,甲,３，５００\n２,乙,１２０００．５",
    [1], 2, 2, 0, 0, 15500.5, "seq,name,total_invest_fen", separator=";")
lst("semicolons_gbk.csv",
    "序号;项目名称;总投资（万元）;备注\n1;甲;1,500;分期\n2;乙;2,500;",
    [1], 2, 2, 0, 0, 4000, "seq,name,total_invest_fen,note", encoding="gbk", raw=True)
lst("tabs_utf16le.txt",
    "序号\t项目名称\t总投资(亿元)\t签约时间\n1\t甲\t1.2\t2024年3月1日\n2\t乙\t2\t2024-3-9",
    [1], 2, 2, 0, 0, 32000, "seq,name,total_invest_fen,sign_date", encoding="utf-16", raw=True)
lst("utf8_mark_crlf.csv",
    "项目名称,总投资(万元),属地\r\n甲,100,寿光\r\n乙,200,诸城\r\n",
    [1], 2, 2, 0, 0, 300, "name,total_invest_fen,region_code", encoding="utf-8-sig", raw=True)
lst("traditional.csv",
    "項目名稱,投資方,總投資額（億元）,簽約時間,項目狀態\n濱海化工園,甲公司,3,2024年3月,已簽約\n裝備製造基地,乙公司,約5,2024年4月,洽談",
    [1], 2, 2, 0, 0, 30000, "name,investor_text,total_invest_fen,sign_date,stage", qual=(1, 50000, ["约"]), encoding="utf-8")
lst("big5.csv",
    "項目名稱,總投資額(萬元),備註\n甲項目,3000,無\n乙項目,200,無",
    [1], 2, 2, 0, 0, 3200, "name,total_invest_fen,note", encoding="big5")
lst("text_numbers.xlsx",
    "序号|项目名称|总投资（万元）|用地（亩）\n1|甲|３,５００|１２０\n2|乙|1 200|60亩",
    [1], 2, 2, 0, 0, 4700, "seq,name,total_invest_fen,land_mu_e2")
lst("rich_and_breaks.xlsx",
    "序\\n号|项目\\n名称|投资总额\\n（亿元）|~签约时间\n=1|~甲项目|=2|@2024-01-15",
    [1], 2, 1, 0, 0, 20000, "seq,name,total_invest_fen,sign_date")

# ---- dates
lst("dates_of_all_forms.csv",
    "项目名称,总投资（万元）,签约时间,开工时间,投产时间\n甲,1,2024年3月,2024.06,2025年底\n乙,1,2022-06-24,2023/1/5,10月投产\n丙,1,20240301,2024年3月1日,2024年上半年\n丁,1,45352,二〇二四年三月,未定\n戊,1,2024年3月1日-5日,2024.3.1,已投产",
    [1], 2, 5, 0, 0, 5, "name,total_invest_fen,sign_date,start_date,produce_date")

# ---- several sheets, summaries, what is no project
lst("three_sheets.xlsx",
    [("签约", "visible", "项目名称|总投资（亿元）\n甲|=1\n乙|=2"),
     ("汇总", "visible", "县市区|项目个数|总投资（亿元）\n寿光市|=12|=35.6\n诸城市|=8|=20\n合计|=20|=55.6"),
     ("旧表", "hidden", "项目名称|总投资（亿元）\n旧|=9")],
    [1], 2, 2, 0, 0, 30000, "name,total_invest_fen")
lst("summary_only.xlsx",
    "各县市区招商引资情况统计表|<|<|<\n县市区|签约项目数（个）|合同额（亿元）|到位资金（亿元）\n寿光市|=12|=35.6|=10\n诸城市|=8|=20|=5\n合计|=20|=55.6|=15",
    None, None, 0, 0, None, 0, "region_code,,total_invest_fen,", kind="summary")
lst("names_that_trap.csv",
    "序号,项目名称,投资方,总投资（万元）\n1,合计信息产业园,甲,100\n2,一、二期合建项目,乙,200\n3,备注科技项目,丙,300\n4,小计智能计算中心,丁,400",
    [1], 2, 4, 0, 0, 1000, "seq,name,investor_text,total_invest_fen")
lst("no_unit_is_asked.csv",
    "项目名称,总投资,阶段\n甲,5000,签约\n乙,3亿元,在谈",
    [1], 2, 2, 0, 0, 30000, "name,total_invest_fen,stage", asks=["unit"])
lst("money_that_is_not_the_total.xlsx",
    "序号|项目名称|总投资（亿元）|截至2023年底完成投资|2024年计划投资|到位资金（亿元）\n=1|甲|=10|=3|=2|=1\n=2|乙|=20|=5|=4|=2",
    [1], 2, 2, 0, 0, 300000, "seq,name,total_invest_fen,,,")
lst("wide_bureau_sheet.xlsx",
    "潍坊市2024年一季度签约项目明细表|<|<|<|<|<|<|<|<|<|<|<\n|||||||||||单位：亿元、亩\n"
    "序号|县市区|项目名称|投资方名称|投资方所在地|所属行业|总投资|用地|签约时间|项目阶段|联系人及电话|主要建设内容\n"
    "=1|寿光市|盐田光伏项目|甲能源|北京市|太阳能发电|=12.5|=800|2024年1月|已签约|张三 13812345678|建设200兆瓦光伏\n"
    "=2|滨海区|绿色化工项目|乙化工|江苏省南京市|化学原料和化学制品制造业|=36|=650|2024年2月|已开工|李四 13912345678|年产30万吨\n"
    "=3|高新区|磁悬浮压缩机项目|丙动力|上海市|通用设备制造业|=5|=100|2024年3月|洽谈|王五 13712345678|年产5000台",
    [3], 4, 3, 0, 0, 535000,
    "seq,region_code,name,investor_text,investor_origin,industry_code,total_invest_fen,land_mu_e2,sign_date,stage,contact_name,content")


# ---- writing

def letter(c):
    s = ""
    c += 1
    while c:
        c, r = divmod(c - 1, 26)
        s = chr(65 + r) + s
    return s


def grid(text):
    return [line.split("|") for line in text.split("\n")]


def merges(rows):
    out = []
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in "<^" and cell:
                continue
            w = 1
            while c + w < len(row) and row[c + w] == "<":
                w += 1
            h = 1
            while r + h < len(rows) and c < len(rows[r + h]) and rows[r + h][c] == "^":
                h += 1
            if w > 1 or h > 1:
                out.append(f"{letter(c)}{r + 1}:{letter(c + w - 1)}{r + h}")
    return out


def cell_xml(ref, v):
    if v in ("", "<", "^"):
        return f'<c r="{ref}" s="0"/>' if v else ""
    if v[0] == "=":
        return f'<c r="{ref}"><v>{v[1:]}</v></c>'
    if v[0] == "@":
        days = (datetime.date.fromisoformat(v[1:]) - datetime.date(1899, 12, 30)).days
        return f'<c r="{ref}" s="1"><v>{days}</v></c>'
    text = escape(v.lstrip("~").replace("\\n", "\n"))
    if v[0] == "~":
        half = len(text) // 2
        return f'<c r="{ref}" t="inlineStr"><is><r><t xml:space="preserve">{text[:half]}</t></r><r><rPr><b/></rPr><t xml:space="preserve">{text[half:]}</t></r></is></c>'
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_xml(rows):
    body = "".join(
        f'<row r="{r + 1}">' + "".join(cell_xml(f"{letter(c)}{r + 1}", v) for c, v in enumerate(row)) + "</row>"
        for r, row in enumerate(rows))
    m = merges(rows)
    merged = f'<mergeCells count="{len(m)}">' + "".join(f'<mergeCell ref="{x}"/>' for x in m) + "</mergeCells>" if m else ""
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{merged}</worksheet>'


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"


def xlsx(sheets):
    ids = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PKG}/relationships"><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>' + "".join(
            f'<sheet name="{escape(n)}" sheetId="{i}" state="{s}" r:id="r{i}"/>' for i, (n, s, _) in zip(ids, sheets)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PKG}/relationships">' + "".join(
            f'<Relationship Id="r{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in ids)
            + f'<Relationship Id="st" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    for i, (_, _, text) in zip(ids, sheets):
        parts[f"xl/worksheets/sheet{i}.xml"] = sheet_xml(grid(text))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, text)
    return out.getvalue()


def body_of(l):
    if l["name"].endswith(".xlsx"):
        rows = l["rows"] if isinstance(l["rows"], list) else [("表1", "visible", l["rows"])]
        return xlsx(rows)
    text = l["rows"]
    if "separator" in l["form"]:
        text = text.replace(",", l["form"]["separator"])
    return text.encode(l["form"].get("encoding", "utf-8"))


# ---- checking

def difference(l, got):
    sheet = got["sheets"][0]
    want = {"data_rows": l["data"], "section_rows": l["sections"], "invest_fen": round(l["wan"] * 1000000)}
    if l["header"]:
        want["header_rows"] = l["header"]
        want["first_data_row"] = l["first"]
    if l["skipped"] is not None:
        want["skipped_rows"] = l["skipped"]
    have = {k: sheet[k] for k in want}
    want["qualified"] = (l["qual"][0], l["qual"][1] * 1000000, sorted(l["qual"][2]))
    q = sheet["qualified"]
    have["qualified"] = (q["count"], q["invest_fen"], sorted(q["words"]))
    want["fields"] = l["fields"]
    have["fields"] = [f or "" for f in sheet["columns"].values()]
    want["kind"] = l["kind"]
    have["kind"] = sheet.get("kind")
    want["asks"] = l["asks"]
    have["asks"] = [x["code"] for x in sheet.get("questions", [])]
    return [f"{k}: {have[k]} is not {want[k]}" for k in want if have[k] != want[k]]


def check(program):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for n, l in enumerate(LISTS, 1):
            path = os.path.join(folder, l["name"])
            with open(path, "wb") as f:
                f.write(body_of(l))
            run = subprocess.run([program, "import", "--dry-run", "--json", path], capture_output=True, timeout=60)
            why = difference(l, json.loads(run.stdout)) if run.returncode == 0 else [run.stderr.decode(errors="replace")]
            failed += bool(why)
            print(f"{'not ok' if why else 'ok'} {n} - {l['name']}")
            for w in why:
                print(f"#   {w}")
    print(f"1..{len(LISTS)}")
    return 1 if failed else 0


def write(folder):
    os.makedirs(folder, exist_ok=True)
    for l in LISTS:
        with open(os.path.join(folder, l["name"]), "wb") as f:
            f.write(body_of(l))
    return 0


if __name__ == "__main__":
    sys.exit({"check": check, "write": write}[sys.argv[1]](sys.argv[2]))
