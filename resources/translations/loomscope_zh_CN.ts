<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Figure</name>
    <message>
        <source>%1 answers are of earlier runs, with the times of those</source>
        <translation>%1 个答案来自以前的运行，时间也取自那里</translation>
    </message>
    <message>
        <source>%1 devices × %2 wall time, at work for %3 of device time</source>
        <translation>%1 台设备 × %2 墙钟时间，设备工作时间 %3</translation>
    </message>
    <message>
        <source>%1 devices, at work for %2 of device time</source>
        <translation>%1 台设备，设备工作时间 %2</translation>
    </message>
    <message>
        <source>1 answer is of an earlier run, with the time of that</source>
        <translation>1 个答案来自以前的运行，时间也取自那里</translation>
    </message>
    <message>
        <source>1 device × %1 wall time</source>
        <translation>1 台设备 × %1 墙钟时间</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>轴</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Click to hide</source>
        <translation>点击隐藏</translation>
    </message>
    <message>
        <source>Click to show</source>
        <translation>点击显示</translation>
    </message>
    <message>
        <source>Decode (s)</source>
        <translation>解码 (s)</translation>
    </message>
    <message>
        <source>Decode (tokens/s)</source>
        <translation>解码（词元/s）</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Depth (%)</source>
        <translation>深度 (%)</translation>
    </message>
    <message>
        <source>Base score</source>
        <translation>基础得分</translation>
    </message>
    <message>
        <source>Dashed: 85 % of it</source>
        <translation>虚线：其 85 %</translation>
    </message>
    <message>
        <source>Dotted: base score, each pair&apos;s best of up to 1k tokens</source>
        <translation>点线：基础得分，即每对在 1k 词元以内的最好成绩</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Difference in points, 95 % interval</source>
        <translation>差值（分），95 % 区间</translation>
    </message>
    <message>
        <source>Differences per task</source>
        <translation>各任务的差异</translation>
    </message>
    <message>
        <source>Effective length (tokens)</source>
        <translation>有效长度（词元）</translation>
    </message>
    <message>
        <source>Effective length: the longest that keeps it</source>
        <translation>有效长度：能保持它的最大长度</translation>
    </message>
    <message>
        <source>Effective length: the longest that scores above</source>
        <translation>有效长度：得分高于此值的最大长度</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Unparsed</source>
        <translation>未解析</translation>
    </message>
    <message>
        <source>Full colour: prefill, pale: decode</source>
        <translation>实色：预填充，浅色：解码</translation>
    </message>
    <message>
        <source>High</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Length (tokens)</source>
        <translation>长度（词元）</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No scores by depth yet</source>
        <translation>尚无按深度的得分</translation>
    </message>
    <message>
        <source>No scores by length yet</source>
        <translation>尚无按长度的得分</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>尚无得分</translation>
    </message>
    <message>
        <source>No shared samples</source>
        <translation>没有共同样本</translation>
    </message>
    <message>
        <source>too few pairs</source>
        <translation>配对过少</translation>
    </message>
    <message>
        <source>No times yet</source>
        <translation>尚无时间</translation>
    </message>
    <message>
        <source>Peak memory (bytes)</source>
        <translation>峰值内存（字节）</translation>
    </message>
    <message>
        <source>Prefill (s)</source>
        <translation>预填充 (s)</translation>
    </message>
    <message>
        <source>Prefill (tokens/s)</source>
        <translation>预填充（词元/s）</translation>
    </message>
    <message>
        <source>Prefill reused (s)</source>
        <translation>复用的预填充 (s)</translation>
    </message>
    <message>
        <source>Right of zero: better than</source>
        <translation>零的右侧优于</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Score by length</source>
        <translation>各长度得分</translation>
    </message>
    <message>
        <source>Score by length and depth</source>
        <translation>各长度和深度得分</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Time by benchmark</source>
        <translation>各基准时间</translation>
    </message>
    <message>
        <source>Tokenise (s)</source>
        <translation>分词 (s)</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>墙钟时间</translation>
    </message>
    <message>
        <source>Wall time (s)</source>
        <translation>墙钟时间 (s)</translation>
    </message>
    <message>
        <source>base score</source>
        <translation>基础得分</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>effective length</source>
        <translation>有效长度</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>no samples</source>
        <translation>无样本</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>无数值</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>峰值内存</translation>
    </message>
    <message>
        <source>prefill</source>
        <translation>预填充</translation>
    </message>
    <message>
        <source>some samples truncated, failed or unparsed</source>
        <translation>部分样本被截断、失败或未解析</translation>
    </message>
    <message>
        <source>truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>unparsed</source>
        <translation>未解析</translation>
    </message>
    <message>
        <source>Faithfulness</source>
        <translation>忠实性</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>Specialization</source>
        <translation>专业领域</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Finished with failures</source>
        <translation>已完成，有失败</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Faithfulness</source>
        <translation>忠实性</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Specialization</source>
        <translation>专业领域</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄文</translation>
    </message>
</context>
<context>
    <name>PromptWindow</name>
    <message>
        <source>… %1 bytes not shown …</source>
        <translation>… 未显示 %1 字节 …</translation>
    </message>
</context>
<context>
    <name>Registry</name>
    <message>
        <source>The most helpful of many answers, and four passages put back in order. Published files of a length are used where they are here; else samples are made here, at any length.</source>
        <translation>从许多答案中选出最有帮助的一个，以及把四个段落恢复顺序。本机有该长度的已发布文件时使用它们；否则在本机以任意长度生成样本。</translation>
    </message>
    <message>
        <source>Best answer</source>
        <translation>最佳答案</translation>
    </message>
    <message>
        <source>Which of the numbered answers helps most?</source>
        <translation>编号的答案中哪一个最有帮助？</translation>
    </message>
    <message>
        <source>Text order</source>
        <translation>文本排序</translation>
    </message>
    <message>
        <source>Four passages of a book in their order.</source>
        <translation>把一本书的四个段落按顺序排列。</translation>
    </message>
    <message>
        <source>Make samples here</source>
        <translation>在本机生成样本</translation>
    </message>
    <message>
        <source>Makes samples for the model&apos;s own tokens also where the published file is on this disk</source>
        <translation>即使本机有已发布的文件，也按模型自己的词元生成样本</translation>
    </message>
    <message>
        <source>Lengths exact for the model instead of published records</source>
        <translation>对该模型精确的长度，而不是已发布的记录</translation>
    </message>
    <message>
        <source>Small stories hidden in books; the question needs one to three of their facts. Published files of a length are used where they are here; else samples are made here, from bAbI&apos;s files and books or from our own.</source>
        <translation>藏在书中的小故事；问题需要其中一到三个事实。本机有该长度的已发布文件时使用它们；否则在本机用 bAbI 的文件和书籍或我们自己的材料生成样本。</translation>
    </message>
    <message>
        <source>One fact</source>
        <translation>一个事实</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 1.</source>
        <translation>bAbI 的任务 1。</translation>
    </message>
    <message>
        <source>Two facts</source>
        <translation>两个事实</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 2.</source>
        <translation>bAbI 的任务 2。</translation>
    </message>
    <message>
        <source>Three facts</source>
        <translation>三个事实</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 3.</source>
        <translation>bAbI 的任务 3。</translation>
    </message>
    <message>
        <source>Two-argument relations</source>
        <translation>双参数关系</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 4.</source>
        <translation>bAbI 的任务 4。</translation>
    </message>
    <message>
        <source>Three-argument relations</source>
        <translation>三参数关系</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 5.</source>
        <translation>bAbI 的任务 5。</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 6.</source>
        <translation>bAbI 的任务 6。</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 7.</source>
        <translation>bAbI 的任务 7。</translation>
    </message>
    <message>
        <source>Lists and sets</source>
        <translation>列表与集合</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 8.</source>
        <translation>bAbI 的任务 8。</translation>
    </message>
    <message>
        <source>Negation</source>
        <translation>否定</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 9.</source>
        <translation>bAbI 的任务 9。</translation>
    </message>
    <message>
        <source>Indefinite knowledge</source>
        <translation>不确定知识</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 10.</source>
        <translation>bAbI 的任务 10。</translation>
    </message>
    <message>
        <source>Basic coreference</source>
        <translation>基本指代</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 11.</source>
        <translation>bAbI 的任务 11。</translation>
    </message>
    <message>
        <source>Conjunction</source>
        <translation>并列</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 12.</source>
        <translation>bAbI 的任务 12。</translation>
    </message>
    <message>
        <source>Compound coreference</source>
        <translation>复合指代</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 13.</source>
        <translation>bAbI 的任务 13。</translation>
    </message>
    <message>
        <source>Time reasoning</source>
        <translation>时间推理</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 14.</source>
        <translation>bAbI 的任务 14。</translation>
    </message>
    <message>
        <source>Basic deduction</source>
        <translation>基本演绎</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 15.</source>
        <translation>bAbI 的任务 15。</translation>
    </message>
    <message>
        <source>Basic induction</source>
        <translation>基本归纳</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 16.</source>
        <translation>bAbI 的任务 16。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 17.</source>
        <translation>bAbI 的任务 17。</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 18.</source>
        <translation>bAbI 的任务 18。</translation>
    </message>
    <message>
        <source>Path finding</source>
        <translation>寻路</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 19.</source>
        <translation>bAbI 的任务 19。</translation>
    </message>
    <message>
        <source>Motivations</source>
        <translation>动机</translation>
    </message>
    <message>
        <source>bAbI&apos;s task 20.</source>
        <translation>bAbI 的任务 20。</translation>
    </message>
    <message>
        <source>Makes samples for the model&apos;s own tokens also where the published files are on this disk</source>
        <translation>即使本机有已发布的文件，也按模型自己的词元生成样本</translation>
    </message>
    <message>
        <source>Ten tasks in two lengths: questions, hallucinations, order, prediction, code.</source>
        <translation>两种长度的十个任务：问答、幻觉、排序、预测、代码。</translation>
    </message>
    <message>
        <source>Meetings, questions</source>
        <translation>会议问答</translation>
    </message>
    <message>
        <source>The first character of the answer counts.</source>
        <translation>以答案的第一个字符计分。</translation>
    </message>
    <message>
        <source>Papers, questions</source>
        <translation>论文问答</translation>
    </message>
    <message>
        <source>Altered numbers</source>
        <translation>改动的数字</translation>
    </message>
    <message>
        <source>The whole answer counts, case and full stops aside.</source>
        <translation>以整个答案计分，不计大小写和句号。</translation>
    </message>
    <message>
        <source>Hallucinated sentences</source>
        <translation>幻觉句子</translation>
    </message>
    <message>
        <source>Share of right verdicts; the official F1 of the positive class is over the whole task.</source>
        <translation>判断正确的比例；官方对正类的 F1 以整个任务计算。</translation>
    </message>
    <message>
        <source>Hallucinated abstracts</source>
        <translation>幻觉摘要</translation>
    </message>
    <message>
        <source>Next speaker, meetings</source>
        <translation>会议中的下一位发言者</translation>
    </message>
    <message>
        <source>Next speaker, shows</source>
        <translation>剧集中的下一位说话者</translation>
    </message>
    <message>
        <source>Order of summaries</source>
        <translation>摘要排序</translation>
    </message>
    <message>
        <source>The share of pairs in the right order.</source>
        <translation>顺序正确的成对比例。</translation>
    </message>
    <message>
        <source>Order of scenes</source>
        <translation>场景排序</translation>
    </message>
    <message>
        <source>Private libraries</source>
        <translation>私有库</translation>
    </message>
    <message>
        <source>Code for libraries under made-up names: right if it passes the record&apos;s tests in the sandbox, within 3 s. Needs bubblewrap and a Python with numpy, pandas and torchdata.</source>
        <translation>为改了名的库编写代码：3 秒内在沙箱中通过该记录的测试即为正确。需要 bubblewrap，以及带 numpy、pandas 和 torchdata 的 Python。</translation>
    </message>
    <message>
        <source>Seven Chinese tasks in three sizes, to 100k tokens.</source>
        <translation>七个中文任务，三种大小，最长 100k 词元。</translation>
    </message>
    <message>
        <source>Story questions, small</source>
        <translation>故事问答（小）</translation>
    </message>
    <message>
        <source>F1 of Chinese words in the first line.</source>
        <translation>第一行中文词的 F1。</translation>
    </message>
    <message>
        <source>Story questions, medium</source>
        <translation>故事问答（中）</translation>
    </message>
    <message>
        <source>Story questions, large</source>
        <translation>故事问答（大）</translation>
    </message>
    <message>
        <source>Memory of talks, small</source>
        <translation>对话记忆（小）</translation>
    </message>
    <message>
        <source>Memory of talks, medium</source>
        <translation>对话记忆（中）</translation>
    </message>
    <message>
        <source>Memory of talks, large</source>
        <translation>对话记忆（大）</translation>
    </message>
    <message>
        <source>Story summaries, small</source>
        <translation>故事摘要（小）</translation>
    </message>
    <message>
        <source>ROUGE-L of Chinese words.</source>
        <translation>中文词的 ROUGE-L。</translation>
    </message>
    <message>
        <source>Story summaries, medium</source>
        <translation>故事摘要（中）</translation>
    </message>
    <message>
        <source>Story summaries, large</source>
        <translation>故事摘要（大）</translation>
    </message>
    <message>
        <source>Labels of news, small</source>
        <translation>新闻分类（小）</translation>
    </message>
    <message>
        <source>Number and class of each news item.</source>
        <translation>每条新闻的编号和类别。</translation>
    </message>
    <message>
        <source>Labels of news, medium</source>
        <translation>新闻分类（中）</translation>
    </message>
    <message>
        <source>Labels of news, large</source>
        <translation>新闻分类（大）</translation>
    </message>
    <message>
        <source>Typos, small</source>
        <translation>错别字（小）</translation>
    </message>
    <message>
        <source>The wrong character of a pair is the one in the paragraph; published scores of most models come from another reading.</source>
        <translation>一对字中错误的是段落里的那一个；多数模型已公布的得分出自另一种理解。</translation>
    </message>
    <message>
        <source>Typos, medium</source>
        <translation>错别字（中）</translation>
    </message>
    <message>
        <source>Typos, large</source>
        <translation>错别字（大）</translation>
    </message>
    <message>
        <source>Key and passage, small</source>
        <translation>键与段落（小）</translation>
    </message>
    <message>
        <source>Nearness of the passage to the one that was asked for.</source>
        <translation>所给段落与所问段落的接近程度。</translation>
    </message>
    <message>
        <source>Key and passage, medium</source>
        <translation>键与段落（中）</translation>
    </message>
    <message>
        <source>Key and passage, large</source>
        <translation>键与段落（大）</translation>
    </message>
    <message>
        <source>Tables, small</source>
        <translation>表格（小）</translation>
    </message>
    <message>
        <source>The cell&apos;s value occurs in the answer.</source>
        <translation>单元格的值出现在答案中。</translation>
    </message>
    <message>
        <source>Tables, medium</source>
        <translation>表格（中）</translation>
    </message>
    <message>
        <source>Tables, large</source>
        <translation>表格（大）</translation>
    </message>
    <message>
        <source>32 counts of a penguin scattered over a text are collected into a list; in the reasoning tasks wrong counts stand beside the right ones. Published records of a length are used where they are here; else samples are made here.</source>
        <translation>把散布在文本中的企鹅的 32 次计数收集成列表；推理任务中正确计数旁还有错误计数。本机有该长度的已发布记录时使用它们；否则在本机生成样本。</translation>
    </message>
    <message>
        <source>English, searching</source>
        <translation>英文，查找</translation>
    </message>
    <message>
        <source>All counts.</source>
        <translation>全部计数。</translation>
    </message>
    <message>
        <source>English, reasoning</source>
        <translation>英文，推理</translation>
    </message>
    <message>
        <source>All corrected counts.</source>
        <translation>全部更正后的计数。</translation>
    </message>
    <message>
        <source>Chinese, searching</source>
        <translation>中文，查找</translation>
    </message>
    <message>
        <source>Chinese, reasoning</source>
        <translation>中文，推理</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星星数</translation>
    </message>
    <message>
        <source>Counts to collect in samples made here</source>
        <translation>本机生成的样本中要收集的计数</translation>
    </message>
    <message>
        <source>More to find and to write, and a longer shortest length</source>
        <translation>要找和要写的更多，最短长度也更长</translation>
    </message>
    <message>
        <source>Twelve tasks around 100k tokens and beyond: books, scripts, code, numbers, keys.</source>
        <translation>约 100k 词元及以上的十二个任务：书籍、剧本、代码、数字、键。</translation>
    </message>
    <message>
        <source>Pass key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>A number in a sea of filler; the first run of digits counts.</source>
        <translation>大量填充文本中的一个数字；以第一串数字计分。</translation>
    </message>
    <message>
        <source>Number string</source>
        <translation>数字串</translation>
    </message>
    <message>
        <source>A long number in filler; the first run of digits counts.</source>
        <translation>填充文本中的一个长数字；以第一串数字计分。</translation>
    </message>
    <message>
        <source>Key and value</source>
        <translation>键与值</translation>
    </message>
    <message>
        <source>The value of a key in a large JSON object.</source>
        <translation>大型 JSON 对象中某个键的值。</translation>
    </message>
    <message>
        <source>Book summary</source>
        <translation>书籍摘要</translation>
    </message>
    <message>
        <source>A summary of a whole book, ROUGE-Lsum.</source>
        <translation>整本书的摘要，ROUGE-Lsum。</translation>
    </message>
    <message>
        <source>Book, choices</source>
        <translation>书籍选择题</translation>
    </message>
    <message>
        <source>A question on a book with four choices.</source>
        <translation>关于一本书的四选一问题。</translation>
    </message>
    <message>
        <source>Book, questions</source>
        <translation>书籍问答</translation>
    </message>
    <message>
        <source>A question on a book, F1.</source>
        <translation>关于一本书的问题，F1。</translation>
    </message>
    <message>
        <source>Chinese book, questions</source>
        <translation>中文书籍问答</translation>
    </message>
    <message>
        <source>A question on a Chinese book, F1 of characters.</source>
        <translation>关于一本中文书的问题，按字计算 F1。</translation>
    </message>
    <message>
        <source>Name in a script</source>
        <translation>剧本中的名字</translation>
    </message>
    <message>
        <source>Whose name was masked in a script? Some names have two words and can never match.</source>
        <translation>剧本中被遮盖的是谁的名字？有些名字由两个词组成，永远无法匹配。</translation>
    </message>
    <message>
        <source>Number in a list</source>
        <translation>列表中的数字</translation>
    </message>
    <message>
        <source>A number asked for in a long list; the first number counts.</source>
        <translation>在长列表中寻找所问的数字；以第一个数字计分。</translation>
    </message>
    <message>
        <source>Long calculation</source>
        <translation>长计算</translation>
    </message>
    <message>
        <source>The value after each step; numbers count while they are right.</source>
        <translation>每一步之后的值；数字在正确期间计分。</translation>
    </message>
    <message>
        <source>Running code</source>
        <translation>运行代码</translation>
    </message>
    <message>
        <source>The value of nested calls; the last word counts.</source>
        <translation>嵌套调用的值；以最后一个词计分。</translation>
    </message>
    <message>
        <source>Wrong function</source>
        <translation>出错的函数</translation>
    </message>
    <message>
        <source>Which of four functions crashes?</source>
        <translation>四个函数中哪一个会崩溃？</translation>
    </message>
    <message>
        <source>Answers with citations of numbered passages, 8k to 48k tokens. Scored: correctness; citations of the synthetic tasks by rule.</source>
        <translation>带编号段落引用的回答，8k 至 48k 词元。计分：正确性；合成任务的引用按规则计分。</translation>
    </message>
    <message>
        <source>Answers on a story with citations.</source>
        <translation>带引用地回答关于故事的问题。</translation>
    </message>
    <message>
        <source>Answers from web pages with citations.</source>
        <translation>带引用地根据网页回答。</translation>
    </message>
    <message>
        <source>Answers from several passages with citations.</source>
        <translation>带引用地根据多个段落回答。</translation>
    </message>
    <message>
        <source>A summary with citations, ROUGE-L.</source>
        <translation>带引用的摘要，ROUGE-L。</translation>
    </message>
    <message>
        <source>A summary of several articles with citations, ROUGE-L.</source>
        <translation>多篇文章的带引用摘要，ROUGE-L。</translation>
    </message>
    <message>
        <source>A summary of a meeting on request, with citations, ROUGE-L.</source>
        <translation>按要求写的会议摘要，带引用，ROUGE-L。</translation>
    </message>
    <message>
        <source>Answers on long talks with citations.</source>
        <translation>带引用地回答关于长对话的问题。</translation>
    </message>
    <message>
        <source>Answers in a role of a show, with citations.</source>
        <translation>以剧中角色回答，带引用。</translation>
    </message>
    <message>
        <source>Needle</source>
        <translation>针</translation>
    </message>
    <message>
        <source>One sentence in a long text; its passage must be cited.</source>
        <translation>长文本中的一句话；必须引用其所在段落。</translation>
    </message>
    <message>
        <source>Counting stars</source>
        <translation>数星星</translation>
    </message>
    <message>
        <source>Counts in some passages, and the numbers of these passages.</source>
        <translation>若干段落中的计数，以及这些段落的编号。</translation>
    </message>
    <message>
        <source>20 tasks, closed and open, several questions on each document of 3k to 200k tokens.</source>
        <translation>20 个任务，封闭与开放，每份 3k 至 200k 词元的文档有多个问题。</translation>
    </message>
    <message>
        <source>Closed: the official match, letters in part earn a quarter.</source>
        <translation>封闭题：官方匹配规则，部分正确的字母得四分之一分。</translation>
    </message>
    <message>
        <source>GSM, 16 examples</source>
        <translation>GSM（16 个示例）</translation>
    </message>
    <message>
        <source>Closed: the official match.</source>
        <translation>封闭题：官方匹配规则。</translation>
    </message>
    <message>
        <source>Topic retrieval</source>
        <translation>主题检索</translation>
    </message>
    <message>
        <source>Open: F1.</source>
        <translation>开放题：F1。</translation>
    </message>
    <message>
        <source>Open: ROUGE-L of rouge-score.</source>
        <translation>开放题：rouge-score 的 ROUGE-L。</translation>
    </message>
    <message>
        <source>21 tasks in Russian, from a hidden key to questions on scientific articles.</source>
        <translation>21 个俄文任务，从隐藏的密钥到科学文章问答。</translation>
    </message>
    <message>
        <source>Answers are searched for as they are written.</source>
        <translation>按原样查找答案。</translation>
    </message>
    <message>
        <source>Pass key in books</source>
        <translation>书中的密钥</translation>
    </message>
    <message>
        <source>Names in dialogues</source>
        <translation>对话中的名字</translation>
    </message>
    <message>
        <source>Topic of a dialogue</source>
        <translation>对话的主题</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Questions, two steps</source>
        <translation>两步问答</translation>
    </message>
    <message>
        <source>Questions over articles</source>
        <translation>文章问答</translation>
    </message>
    <message>
        <source>Abstract of an article</source>
        <translation>文章摘要</translation>
    </message>
    <message>
        <source>Counting passages</source>
        <translation>段落计数</translation>
    </message>
    <message>
        <source>Science fiction</source>
        <translation>科幻</translation>
    </message>
    <message>
        <source>Kinds of questions</source>
        <translation>问题类型</translation>
    </message>
    <message>
        <source>F1 of the words that answer and reference share.</source>
        <translation>答案与参考共有词的 F1。</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>算术</translation>
    </message>
    <message>
        <source>21 data sets in six groups, English, Chinese and code, up to 22k words.</source>
        <translation>六组共 21 个数据集，英文、中文和代码，最长 22k 词。</translation>
    </message>
    <message>
        <source>Single-document questions.</source>
        <translation>单文档问答。</translation>
    </message>
    <message>
        <source>MultiFieldQA, English</source>
        <translation>MultiFieldQA（英文）</translation>
    </message>
    <message>
        <source>MultiFieldQA, Chinese</source>
        <translation>MultiFieldQA（中文）</translation>
    </message>
    <message>
        <source>Multi-document questions.</source>
        <translation>多文档问答。</translation>
    </message>
    <message>
        <source>Summaries.</source>
        <translation>摘要。</translation>
    </message>
    <message>
        <source>Few-shot learning.</source>
        <translation>少样本学习。</translation>
    </message>
    <message>
        <source>Passage count</source>
        <translation>段落计数</translation>
    </message>
    <message>
        <source>Synthetic.</source>
        <translation>合成任务。</translation>
    </message>
    <message>
        <source>Passage retrieval, English</source>
        <translation>段落检索（英文）</translation>
    </message>
    <message>
        <source>Passage retrieval, Chinese</source>
        <translation>段落检索（中文）</translation>
    </message>
    <message>
        <source>Code.</source>
        <translation>代码。</translation>
    </message>
    <message>
        <source>13 data sets of LongBench with lengths spread evenly, scored in three bands of words.</source>
        <translation>LongBench 的 13 个数据集，长度均匀分布，按三个词数区间计分。</translation>
    </message>
    <message>
        <source>Qasper, under 4,000 words</source>
        <translation>Qasper，4,000 词以下</translation>
    </message>
    <message>
        <source>Qasper, 4,000 to 8,000 words</source>
        <translation>Qasper，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>Qasper, 8,000 words and more</source>
        <translation>Qasper，8,000 词以上</translation>
    </message>
    <message>
        <source>MultiFieldQA, English, under 4,000 words</source>
        <translation>MultiFieldQA（英文），4,000 词以下</translation>
    </message>
    <message>
        <source>MultiFieldQA, English, 4,000 to 8,000 words</source>
        <translation>MultiFieldQA（英文），4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>MultiFieldQA, English, 8,000 words and more</source>
        <translation>MultiFieldQA（英文），8,000 词以上</translation>
    </message>
    <message>
        <source>HotpotQA, under 4,000 words</source>
        <translation>HotpotQA，4,000 词以下</translation>
    </message>
    <message>
        <source>HotpotQA, 4,000 to 8,000 words</source>
        <translation>HotpotQA，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>HotpotQA, 8,000 words and more</source>
        <translation>HotpotQA，8,000 词以上</translation>
    </message>
    <message>
        <source>2WikiMultihopQA, under 4,000 words</source>
        <translation>2WikiMultihopQA，4,000 词以下</translation>
    </message>
    <message>
        <source>2WikiMultihopQA, 4,000 to 8,000 words</source>
        <translation>2WikiMultihopQA，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>2WikiMultihopQA, 8,000 words and more</source>
        <translation>2WikiMultihopQA，8,000 词以上</translation>
    </message>
    <message>
        <source>GovReport, under 4,000 words</source>
        <translation>GovReport，4,000 词以下</translation>
    </message>
    <message>
        <source>GovReport, 4,000 to 8,000 words</source>
        <translation>GovReport，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>GovReport, 8,000 words and more</source>
        <translation>GovReport，8,000 词以上</translation>
    </message>
    <message>
        <source>MultiNews, under 4,000 words</source>
        <translation>MultiNews，4,000 词以下</translation>
    </message>
    <message>
        <source>MultiNews, 4,000 to 8,000 words</source>
        <translation>MultiNews，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>MultiNews, 8,000 words and more</source>
        <translation>MultiNews，8,000 词以上</translation>
    </message>
    <message>
        <source>TREC, under 4,000 words</source>
        <translation>TREC，4,000 词以下</translation>
    </message>
    <message>
        <source>TREC, 4,000 to 8,000 words</source>
        <translation>TREC，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>TREC, 8,000 words and more</source>
        <translation>TREC，8,000 词以上</translation>
    </message>
    <message>
        <source>TriviaQA, under 4,000 words</source>
        <translation>TriviaQA，4,000 词以下</translation>
    </message>
    <message>
        <source>TriviaQA, 4,000 to 8,000 words</source>
        <translation>TriviaQA，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>TriviaQA, 8,000 words and more</source>
        <translation>TriviaQA，8,000 词以上</translation>
    </message>
    <message>
        <source>SAMSum, under 4,000 words</source>
        <translation>SAMSum，4,000 词以下</translation>
    </message>
    <message>
        <source>SAMSum, 4,000 to 8,000 words</source>
        <translation>SAMSum，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>SAMSum, 8,000 words and more</source>
        <translation>SAMSum，8,000 词以上</translation>
    </message>
    <message>
        <source>Passage count, under 4,000 words</source>
        <translation>段落计数，4,000 词以下</translation>
    </message>
    <message>
        <source>Passage count, 4,000 to 8,000 words</source>
        <translation>段落计数，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>Passage count, 8,000 words and more</source>
        <translation>段落计数，8,000 词以上</translation>
    </message>
    <message>
        <source>Passage retrieval, English, under 4,000 words</source>
        <translation>段落检索（英文），4,000 词以下</translation>
    </message>
    <message>
        <source>Passage retrieval, English, 4,000 to 8,000 words</source>
        <translation>段落检索（英文），4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>Passage retrieval, English, 8,000 words and more</source>
        <translation>段落检索（英文），8,000 词以上</translation>
    </message>
    <message>
        <source>LCC, under 4,000 words</source>
        <translation>LCC，4,000 词以下</translation>
    </message>
    <message>
        <source>LCC, 4,000 to 8,000 words</source>
        <translation>LCC，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>LCC, 8,000 words and more</source>
        <translation>LCC，8,000 词以上</translation>
    </message>
    <message>
        <source>RepoBench-P, under 4,000 words</source>
        <translation>RepoBench-P，4,000 词以下</translation>
    </message>
    <message>
        <source>RepoBench-P, 4,000 to 8,000 words</source>
        <translation>RepoBench-P，4,000 至 8,000 词</translation>
    </message>
    <message>
        <source>RepoBench-P, 8,000 words and more</source>
        <translation>RepoBench-P，8,000 词以上</translation>
    </message>
    <message>
        <source>503 questions with four choices on texts of 8k to 2M words that take thought.</source>
        <translation>503 个需要思考的四选一问题，文本长 8k 至 2M 词。</translation>
    </message>
    <message>
        <source>The letter of &quot;The correct answer is (X)&quot;, behind a thought where there is one. The official runs sample at temperature 0.1.</source>
        <translation>“The correct answer is (X)”中的字母，有思考时取思考之后的。官方以温度 0.1 采样。</translation>
    </message>
    <message>
        <source>Think first</source>
        <translation>先思考</translation>
    </message>
    <message>
        <source>Two requests: the first thinks in up to 1024 tokens, the second names the answer without the text.</source>
        <translation>两次请求：第一次用至多 1024 个词元思考，第二次在没有文本的情况下给出答案。</translation>
    </message>
    <message>
        <source>Longer runs; scores of thinking and direct answers are not to be compared.</source>
        <translation>运行更久；思考与直接作答的得分不可比较。</translation>
    </message>
    <message>
        <source>Without the text</source>
        <translation>不带文本</translation>
    </message>
    <message>
        <source>Asks the question alone: what a model knows or guesses.</source>
        <translation>只问问题：看模型知道或猜到什么。</translation>
    </message>
    <message>
        <source>Shows how much of the score needs no text.</source>
        <translation>显示得分中有多少不需要文本。</translation>
    </message>
    <message>
        <source>LongBench-Cite: statements with citations of numbered sentences. Scores need a judge.</source>
        <translation>LongBench-Cite：带编号句子引用的陈述。打分需要裁判模型。</translation>
    </message>
    <message>
        <source>Statements with citations; scored by a judge.</source>
        <translation>带引用的陈述；由裁判模型打分。</translation>
    </message>
    <message>
        <source>Also without citations</source>
        <translation>也不带引用地作答</translation>
    </message>
    <message>
        <source>Asks every question a second time, for an ordinary answer</source>
        <translation>每个问题再问一次，要普通的答案</translation>
    </message>
    <message>
        <source>Half of the samples are such answers, so give twice as many; the judge then also says how much correctness is left with citations</source>
        <translation>样本中一半是这样的答案，因此请给两倍的数量；裁判模型还会说明带引用时正确性保留多少</translation>
    </message>
    <message>
        <source>400 questions on the letters of twenty made-up patients, with and without the letters that answer.</source>
        <translation>关于二十名虚构患者信件的 400 个问题，有的含有答案信件，有的不含。</translation>
    </message>
    <message>
        <source>Own letters</source>
        <translation>本人信件</translation>
    </message>
    <message>
        <source>The letters that hold the answer, among the patient&apos;s others.</source>
        <translation>含有答案的信件，与该患者的其他信件放在一起。</translation>
    </message>
    <message>
        <source>Among other patients&apos; letters</source>
        <translation>夹在其他患者的信件中</translation>
    </message>
    <message>
        <source>Ten letters of others stand beside those that hold the answer; a sixth option says that there is none.</source>
        <translation>含答案的信件旁有十封他人的信件；第六个选项表示没有答案。</translation>
    </message>
    <message>
        <source>Other patients&apos; letters alone</source>
        <translation>只有其他患者的信件</translation>
    </message>
    <message>
        <source>The answer is not there, and the sixth option says so.</source>
        <translation>其中没有答案，第六个选项即表示此意。</translation>
    </message>
    <message>
        <source>Longest prompt</source>
        <translation>最长提示词</translation>
    </message>
    <message>
        <source>Letters are taken while they fit; the last one is cut</source>
        <translation>信件放得下就放；最后一封会被截断</translation>
    </message>
    <message>
        <source>More letters in each prompt</source>
        <translation>每个提示词中信件更多</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Many answered exercises; which of them are answered wrongly?</source>
        <translation>许多已作答的练习；其中哪些答错了？</translation>
    </message>
    <message>
        <source>One rule for all</source>
        <translation>共用一条规则</translation>
    </message>
    <message>
        <source>The exercises share one task description.</source>
        <translation>所有练习共用一条任务说明。</translation>
    </message>
    <message>
        <source>A rule each</source>
        <translation>各有一条规则</translation>
    </message>
    <message>
        <source>Each exercise carries its own instruction.</source>
        <translation>每道练习带有自己的说明。</translation>
    </message>
    <message>
        <source>1543 instructions that should not simply be followed, each before and after a long text. Scores need a judge.</source>
        <translation>1543 条不应照办的指令，各放在长文本之前和之后。打分需要裁判模型。</translation>
    </message>
    <message>
        <source>Two answers for each instruction; one that is unsafe makes the pair unsafe.</source>
        <translation>每条指令两个答案；其中一个不安全，这一对即不安全。</translation>
    </message>
    <message>
        <source>Texts of a wanted length, from 100 to 30,000 words, in English and Chinese. Scored by length; quality needs a judge.</source>
        <translation>按要求长度写作，100 至 30,000 词，英文和中文。按长度计分；质量需要裁判模型。</translation>
    </message>
    <message>
        <source>120 writing requests, English and Chinese.</source>
        <translation>120 个写作要求，英文和中文。</translation>
    </message>
    <message>
        <source>LongBench-Write, English</source>
        <translation>LongBench-Write（英文）</translation>
    </message>
    <message>
        <source>The 60 English requests.</source>
        <translation>其中 60 个英文要求。</translation>
    </message>
    <message>
        <source>Eight requests at each of six lengths.</source>
        <translation>六种长度各八个要求。</translation>
    </message>
    <message>
        <source>Short and long dependencies in documents of after 2022, over 24k tokens. A score is the mean of BLEU-1, BLEU-4, ROUGE-1, -2, -L recall and METEOR; BERTScore and the judge are left out; the rules loomscope-0.8 take BERTScore in.</source>
        <translation>2022 年之后、超过 24k 词元的文档中的短依赖与长依赖。得分是 BLEU-1、BLEU-4、ROUGE-1、-2、-L 召回与 METEOR 的平均；不含 BERTScore 和裁判模型；规则 loomscope-0.8 含 BERTScore。</translation>
    </message>
    <message>
        <source>Short dependency, questions</source>
        <translation>短依赖，问答</translation>
    </message>
    <message>
        <source>The mean of six measures of the answer.</source>
        <translation>答案六项指标的平均。</translation>
    </message>
    <message>
        <source>Short dependency, masks</source>
        <translation>短依赖，填空</translation>
    </message>
    <message>
        <source>The share of masks with exactly the right name; parts of names stand beside it.</source>
        <translation>名字完全正确的空的比例；部分正确的另列。</translation>
    </message>
    <message>
        <source>Long dependency, comprehension</source>
        <translation>长依赖，理解</translation>
    </message>
    <message>
        <source>Long dependency, several places</source>
        <translation>长依赖，多处信息</translation>
    </message>
    <message>
        <source>Long dependency, computation</source>
        <translation>长依赖，计算</translation>
    </message>
    <message>
        <source>Long dependency, order of events</source>
        <translation>长依赖，事件顺序</translation>
    </message>
    <message>
        <source>The mean of six measures of the answer, as for the other questions; how far the events are from their order stands beside it.</source>
        <translation>与其他问题一样取答案六项指标的平均；事件偏离顺序的程度另列。</translation>
    </message>
    <message>
        <source>Long dependency, summaries</source>
        <translation>长依赖，摘要</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>For the rules loomscope-0.8 alone: folder or name of a BERT or RoBERTa model for BERTScore</source>
        <translation>仅用于规则 loomscope-0.8：用于 BERTScore 的 BERT 或 RoBERTa 模型的文件夹或名称</translation>
    </message>
    <message>
        <source>Scores of different encoders are not to be compared</source>
        <translation>不同编码器的得分不可比较</translation>
    </message>
    <message>
        <source>Eleven tasks in English and Chinese, the same questions at five lengths from 16k to 256k, with confusing facts.</source>
        <translation>十一个英文和中文任务，同样的问题有从 16k 到 256k 的五种长度，并夹有混淆事实。</translation>
    </message>
    <message>
        <source>Only the first answer counts.</source>
        <translation>只计第一个答案。</translation>
    </message>
    <message>
        <source>LooGLE, short dependency</source>
        <translation>LooGLE，短依赖</translation>
    </message>
    <message>
        <source>LooGLE, comprehension</source>
        <translation>LooGLE，理解</translation>
    </message>
    <message>
        <source>LooGLE, several places</source>
        <translation>LooGLE，多处信息</translation>
    </message>
    <message>
        <source>Fact recall, English</source>
        <translation>事实回忆（英文）</translation>
    </message>
    <message>
        <source>Fact recall, Chinese</source>
        <translation>事实回忆（中文）</translation>
    </message>
    <message>
        <source>Needle in a haystack</source>
        <translation>大海捞针</translation>
    </message>
    <message>
        <source>One sentence hidden at every depth of essays of every length. Scored by the share of the answer&apos;s words, without a judge.</source>
        <translation>在各种长度文章的每个深度藏入一句话。按答案用词的比例计分，不需要裁判模型。</translation>
    </message>
    <message>
        <source>The answer stands in one sentence of the text.</source>
        <translation>答案在文本的某一句话里。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of needle, question and text; Chinese and Russian texts are our own</source>
        <translation>针、问题和文本的语言；中文和俄文文本是我们自己的</translation>
    </message>
    <message>
        <source>The same grid in another language</source>
        <translation>同样的网格，另一种语言</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Even: the same depths at every length; loombench: the cells that the suite LOOMBENCH keeps, at its own 40 lengths</source>
        <translation>even：每个长度采用相同的深度；loombench：套件 LOOMBENCH 保留的格子，采用其自己的 40 个长度</translation>
    </message>
    <message>
        <source>Which lengths and depths are asked</source>
        <translation>询问哪些长度和深度</translation>
    </message>
    <message>
        <source>Depths</source>
        <translation>深度数</translation>
    </message>
    <message>
        <source>How many depths between the text&apos;s beginning and end, in the even grid; 0 is the grid of the rules: 35 officially (at 35 lengths from 1000 to 16000), 10 under loomscope-0.8 (at 40 lengths to 128000)</source>
        <translation>均匀网格中从文本开头到结尾有多少个深度；0 表示采用规则的网格：官方为 35 个（1000 至 16000 的 35 个长度），loomscope-0.8 为 10 个（至 128000 的 40 个长度）</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>子集</translation>
    </message>
    <message>
        <source>Length and Hardness hold narrativeqa, hotpotqa, gov_report, locomo and counting_stars alone, and are not fetched: put their files beside the others</source>
        <translation>Length 和 Hardness 只含 narrativeqa、hotpotqa、gov_report、locomo 和 counting_stars，且不会自动下载：请把它们的文件放在其他文件旁边</translation>
    </message>
    <message>
        <source>The same tasks over records chosen by their length, or marked by how hard they are</source>
        <translation>同样的任务，记录按长度挑选，或标有难度</translation>
    </message>
    <message>
        <source>A finer heat map and as many more samples for each length</source>
        <translation>热力图更细，每个长度的样本也相应增多</translation>
    </message>
    <message>
        <source>Needles that share no word with the question, at 26 depths in five books.</source>
        <translation>与问题没有共同词语的针，藏在五本书的 26 个深度。</translation>
    </message>
    <message>
        <source>Needles</source>
        <translation>针</translation>
    </message>
    <message>
        <source>The standard set.</source>
        <translation>标准集。</translation>
    </message>
    <message>
        <source>Needles with choices</source>
        <translation>带选项的针</translation>
    </message>
    <message>
        <source>The names are given.</source>
        <translation>名字已给出。</translation>
    </message>
    <message>
        <source>Hard needles</source>
        <translation>困难的针</translation>
    </message>
    <message>
        <source>The hardest pairs of needle and question.</source>
        <translation>最难的针与问题组合。</translation>
    </message>
    <message>
        <source>Needles, thinking first</source>
        <translation>针，先思考</translation>
    </message>
    <message>
        <source>The last line counts.</source>
        <translation>以最后一行计分。</translation>
    </message>
    <message>
        <source>Needles with a distractor</source>
        <translation>带干扰句的针</translation>
    </message>
    <message>
        <source>A sentence shares words with the question and does not answer it.</source>
        <translation>有一句话与问题用词相同，但并不回答它。</translation>
    </message>
    <message>
        <source>Direct needles</source>
        <translation>直接的针</translation>
    </message>
    <message>
        <source>The question repeats the needle&apos;s words: what plain search can do.</source>
        <translation>问题重复了针的用词：单纯检索能做到的程度。</translation>
    </message>
    <message>
        <source>Needle Threading: values, and chains of values, in an object of random identifiers.</source>
        <translation>Needle Threading：随机标识符对象中的值与值的链条。</translation>
    </message>
    <message>
        <source>One value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <source>The value of one key.</source>
        <translation>一个键的值。</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>The values of several keys.</source>
        <translation>多个键的值。</translation>
    </message>
    <message>
        <source>Values by a mark</source>
        <translation>按标记取值</translation>
    </message>
    <message>
        <source>The values of all keys that hold a mark.</source>
        <translation>所有带有某标记的键的值。</translation>
    </message>
    <message>
        <source>One thread</source>
        <translation>一条线索</translation>
    </message>
    <message>
        <source>A value that is the next key, on to the last.</source>
        <translation>一个值就是下一个键，直到最后一个。</translation>
    </message>
    <message>
        <source>Several threads</source>
        <translation>多条线索</translation>
    </message>
    <message>
        <source>The last values of several threads.</source>
        <translation>多条线索的最后的值。</translation>
    </message>
    <message>
        <source>Branched thread</source>
        <translation>分叉的线索</translation>
    </message>
    <message>
        <source>The last value of the longest branch; our reading of an experiment whose data is not published.</source>
        <translation>最长分支的最后的值；这是我们对一项未公布数据的实验的理解。</translation>
    </message>
    <message>
        <source>Keys of the tasks with several values</source>
        <translation>多值任务的键数</translation>
    </message>
    <message>
        <source>More to find and to write</source>
        <translation>要找和要写的更多</translation>
    </message>
    <message>
        <source>Thread length</source>
        <translation>线索长度</translation>
    </message>
    <message>
        <source>Pairs from the first key to the last value</source>
        <translation>从第一个键到最后一个值的对数</translation>
    </message>
    <message>
        <source>Longer chains are harder to follow</source>
        <translation>更长的链条更难跟随</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线索数</translation>
    </message>
    <message>
        <source>Threads or branches at once</source>
        <translation>同时的线索或分支数</translation>
    </message>
    <message>
        <source>More to follow and to write</source>
        <translation>要跟随和要写的更多</translation>
    </message>
    <message>
        <source>Official files</source>
        <translation>官方文件</translation>
    </message>
    <message>
        <source>Reads the published records; their lengths count characters (2k is 2000 characters)</source>
        <translation>读取已发布的记录；其长度按字符计（2k 即 2000 个字符）</translation>
    </message>
    <message>
        <source>Published records instead of ones made for the model&apos;s tokens</source>
        <translation>已发布的记录，而不是按模型词元生成的</translation>
    </message>
    <message>
        <source>13 generated tasks at any length: needles, variable tracking, frequent words and questions on many documents.</source>
        <translation>13 个任意长度的生成任务：针、变量追踪、高频词以及多文档问答。</translation>
    </message>
    <message>
        <source>Needle in noise</source>
        <translation>噪声中的针</translation>
    </message>
    <message>
        <source>One number in repeated sentences.</source>
        <translation>重复句子中的一个数字。</translation>
    </message>
    <message>
        <source>Needle in essays</source>
        <translation>文章中的针</translation>
    </message>
    <message>
        <source>One number in essays.</source>
        <translation>文章中的一个数字。</translation>
    </message>
    <message>
        <source>Long needle in essays</source>
        <translation>文章中的长针</translation>
    </message>
    <message>
        <source>One identifier of 36 characters in essays.</source>
        <translation>文章中的一个 36 字符的标识符。</translation>
    </message>
    <message>
        <source>Needle among four</source>
        <translation>四针之一</translation>
    </message>
    <message>
        <source>Four numbers with different keys in essays, one is asked for.</source>
        <translation>文章中四个不同键的数字，问其中一个。</translation>
    </message>
    <message>
        <source>Needle among needles</source>
        <translation>针海中的针</translation>
    </message>
    <message>
        <source>A text that is all needles, one is asked for.</source>
        <translation>文本全是针，问其中一个。</translation>
    </message>
    <message>
        <source>Long needle among needles</source>
        <translation>针海中的长针</translation>
    </message>
    <message>
        <source>A text of identifiers, one is asked for.</source>
        <translation>文本全是标识符，问其中一个。</translation>
    </message>
    <message>
        <source>One key, four values</source>
        <translation>一个键，四个值</translation>
    </message>
    <message>
        <source>Four numbers with the same key, all are asked for.</source>
        <translation>同一个键的四个数字，全部都要问到。</translation>
    </message>
    <message>
        <source>Four keys asked</source>
        <translation>询问四个键</translation>
    </message>
    <message>
        <source>Four numbers with different keys, all are asked for.</source>
        <translation>不同键的四个数字，全部都要问到。</translation>
    </message>
    <message>
        <source>Variable tracking</source>
        <translation>变量追踪</translation>
    </message>
    <message>
        <source>A value is passed on through five variables.</source>
        <translation>一个值经五个变量传递。</translation>
    </message>
    <message>
        <source>Common words</source>
        <translation>常见词</translation>
    </message>
    <message>
        <source>The ten most frequent words of a numbered list.</source>
        <translation>编号列表中最常见的十个词。</translation>
    </message>
    <message>
        <source>Frequent code words</source>
        <translation>高频代号</translation>
    </message>
    <message>
        <source>The three most frequent code words; counts fall with the rank.</source>
        <translation>最常见的三个代号；次数随名次递减。</translation>
    </message>
    <message>
        <source>Questions, one step</source>
        <translation>单步问答</translation>
    </message>
    <message>
        <source>A question on one of many paragraphs.</source>
        <translation>关于众多段落之一的问题。</translation>
    </message>
    <message>
        <source>A question that needs two of many paragraphs.</source>
        <translation>需要众多段落中两段的问题。</translation>
    </message>
    <message>
        <source>Starter suite</source>
        <translation>入门套件</translation>
    </message>
    <message>
        <source>Ten short tasks on generated documents, one or more for each capability, in English, Chinese and Russian. A few minutes on two cores.</source>
        <translation>在生成文档上的十个短任务，每种能力至少一个，有英文、中文和俄文。两核上只需几分钟。</translation>
    </message>
    <message>
        <source>Supported statement</source>
        <translation>有依据的陈述</translation>
    </message>
    <message>
        <source>Which of four statements do the minutes support?</source>
        <translation>会议记录支持四个陈述中的哪一个？</translation>
    </message>
    <message>
        <source>Source note</source>
        <translation>出处笔记</translation>
    </message>
    <message>
        <source>Which of many short notes says it?</source>
        <translation>众多短笔记中哪一条说到了它？</translation>
    </message>
    <message>
        <source>Town reports</source>
        <translation>城镇报告</translation>
    </message>
    <message>
        <source>Short questions on reports about towns.</source>
        <translation>关于城镇报告的简短问题。</translation>
    </message>
    <message>
        <source>Value tracing</source>
        <translation>数值追踪</translation>
    </message>
    <message>
        <source>A number is passed on through three sentences.</source>
        <translation>一个数字经三句话传递。</translation>
    </message>
    <message>
        <source>First ship</source>
        <translation>第一艘船</translation>
    </message>
    <message>
        <source>Which of four ships left first? Four years must be found and compared.</source>
        <translation>四艘船中哪一艘最先离开？须找出并比较四个年份。</translation>
    </message>
    <message>
        <source>Code words</source>
        <translation>代号</translation>
    </message>
    <message>
        <source>A code word among sentences that have nothing to do with it.</source>
        <translation>无关句子中的一个代号。</translation>
    </message>
    <message>
        <source>Required words</source>
        <translation>指定词语</translation>
    </message>
    <message>
        <source>About 30 words that use three given words.</source>
        <translation>写约 30 个词，并用上三个给定的词。</translation>
    </message>
    <message>
        <source>Clinic register</source>
        <translation>诊所登记簿</translation>
    </message>
    <message>
        <source>Medicine, doctor and age out of a register of patients.</source>
        <translation>从患者登记簿中找出药物、医生和年龄。</translation>
    </message>
    <message>
        <source>Chinese notices</source>
        <translation>中文通知</translation>
    </message>
    <message>
        <source>Events and telephone numbers out of notices in Chinese.</source>
        <translation>从中文通知中找出活动和电话号码。</translation>
    </message>
    <message>
        <source>Russian leases</source>
        <translation>俄文租约</translation>
    </message>
    <message>
        <source>Rents and towns out of a register in Russian.</source>
        <translation>从俄文登记簿中找出租金和城镇。</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>The engine that comes with LoomScope, one process per device. Nothing leaves this machine.</source>
        <translation>LoomScope 自带的引擎，每台设备一个进程。没有任何内容离开本机。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Full attention over the whole prompt: the result that every method is compared with.</source>
        <translation>对整个提示词的完全注意力：各种方法都与此结果比较。</translation>
    </message>
    <message>
        <source>Twelve benchmarks in six capabilities; the score is the plain mean of the twelve. The suite&apos;s own files are read where they are here. Else it is built from the benchmarks&apos; data: the needle&apos;s 150 published cells, 150 records of LongBench v2, 900 of BABILong, 200 of InfiniteBench, and of the others, whose numbers are not published, the first 20 of each task and length.</source>
        <translation>六种能力的十二个基准；得分是十二项的简单平均。本机有套件自己的文件时读取它们。否则由各基准的数据组成：针的 150 个已公布格子、LongBench v2 的 150 条记录、BABILong 的 900 条、InfiniteBench 的 200 条，其余未公布数量的基准取每个任务和长度的前 20 条。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>the model&apos;s window</source>
        <translation>模型的窗口</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>贪心</translation>
    </message>
    <message>
        <source>temperature %L1, top-k %L2, top-p %L3, min-p %L4</source>
        <translation>温度 %L1，top-k %L2，top-p %L3，min-p %L4</translation>
    </message>
    <message>
        <source>official or ours</source>
        <translation>官方的或我们的</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Rule set</source>
        <translation>规则集</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Truncation</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Maximal length</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Sample set</source>
        <translation>样本集</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>, repetition penalty %L1</source>
        <translation>，重复惩罚 %L1</translation>
    </message>
    <message>
        <source>left out of the answer</source>
        <translation>不计入答案</translation>
    </message>
    <message>
        <source>part of the answer</source>
        <translation>属于答案</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>with 1 sample each</source>
        <translation>各 1 个样本</translation>
    </message>
    <message>
        <source>with %1 samples each</source>
        <translation>各 %1 个样本</translation>
    </message>
</context>
<context>
    <name>loom::desktop</name>
    <message>
        <source>Evaluates long-context language models on this machine.</source>
        <translation>在本机上评测长上下文语言模型。</translation>
    </message>
    <message>
        <source>Open this history.</source>
        <translation>打开此历史文件。</translation>
    </message>
    <message>
        <source>Show this page first: evaluate, runs, compare, models, benchmarks, settings.</source>
        <translation>首先显示此页：evaluate、runs、compare、models、benchmarks、settings。</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Open this saved plan in the wizard.</source>
        <translation>在向导中打开此已保存的计划。</translation>
    </message>
</context>
<context>
    <name>loom::ui</name>
    <message>
        <source>Fits in %1 memory</source>
        <translation>%1 内存放得下</translation>
    </message>
    <message>
        <source>Fits in %1 memory up to %2</source>
        <translation>%1 内存放得下，至多 %2</translation>
    </message>
    <message>
        <source>Needs %1, %3 free in %2 memory</source>
        <translation>需要 %1，%2 内存空闲 %3</translation>
    </message>
    <message>
        <source>Not supported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>CPU %1 · GPU %2 · %3 free</source>
        <translation>CPU %1 · GPU %2 · 空闲 %3</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>已生成</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 / %2 个文件</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>待下载</translation>
    </message>
    <message>
        <source>%1 to fetch</source>
        <translation>待下载 %1</translation>
    </message>
    <message>
        <source>Your data is not at %1</source>
        <translation>您的数据不在 %1</translation>
    </message>
    <message>
        <source>Official files that are not in %1: %2</source>
        <translation>不在 %1 中的官方文件：%2</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>%1, at most %2</source>
        <translation>%1，最多 %2</translation>
    </message>
    <message>
        <source>For perplexity the model also reads %1 references of %2 tokens behind the prompts.</source>
        <translation>为计算困惑度，模型还要在提示词之后读取 %1 个参考答案，共 %2 词元。</translation>
    </message>
    <message>
        <source>For BERTScore an encoder reads %1 texts of %2 tokens, in %3 of memory.</source>
        <translation>为计算 BERTScore，编码器要读取 %1 段文本，共 %2 词元，占用内存 %3。</translation>
    </message>
    <message>
        <source>That is %1 of the time.</source>
        <translation>占总时间的 %1。</translation>
    </message>
    <message>
        <source>benchmark</source>
        <translation>个基准</translation>
    </message>
    <message>
        <source>benchmarks</source>
        <translation>个基准</translation>
    </message>
    <message>
        <source>model</source>
        <translation>个模型</translation>
    </message>
    <message>
        <source>models</source>
        <translation>个模型</translation>
    </message>
    <message>
        <source>method</source>
        <translation>种方法</translation>
    </message>
    <message>
        <source>methods</source>
        <translation>种方法</translation>
    </message>
    <message>
        <source>job</source>
        <translation>个作业</translation>
    </message>
    <message>
        <source>jobs</source>
        <translation>个作业</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>个样本</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>task</source>
        <translation>个任务</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>个任务</translation>
    </message>
    <message>
        <source>%L1 of %L2 tasks</source>
        <translation>%L2 个任务中的 %L1 个</translation>
    </message>
    <message>
        <source>%1 each</source>
        <translation>各 %1</translation>
    </message>
    <message>
        <source>the model&apos;s window</source>
        <translation>模型的窗口</translation>
    </message>
    <message>
        <source>at most %1 tokens</source>
        <translation>最多 %1 词元</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>温度 %1</translation>
    </message>
    <message>
        <source>greedy decoding</source>
        <translation>贪心解码</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>rules of %1</source>
        <translation>%1 的规则</translation>
    </message>
    <message>
        <source>all answers computed anew</source>
        <translation>全部答案重新计算</translation>
    </message>
    <message>
        <source>records that cannot be read are left out</source>
        <translation>略去无法读取的记录</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 个模型</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1，模型 %2</translation>
    </message>
    <message>
        <source>Longest sequence</source>
        <translation>最长序列</translation>
    </message>
    <message>
        <source>Prompt and answer together. 0 takes the model&apos;s window.</source>
        <translation>提示词与答案合计。0 表示采用模型的窗口。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Longer sequences need more memory; shorter ones cut prompts.</source>
        <translation>序列越长需要的内存越多；越短则会截去提示词。</translation>
    </message>
    <message>
        <source>A prompt that is too long</source>
        <translation>提示词过长时</translation>
    </message>
    <message>
        <source>Cuts lie inside the document and are recorded with the sample.</source>
        <translation>截断发生在文档内部，并随样本记录。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>How the question is wrapped for models that were trained on dialogues.</source>
        <translation>对经过对话训练的模型，问题如何包装。</translation>
    </message>
    <message>
        <source>Template file</source>
        <translation>模板文件</translation>
    </message>
    <message>
        <source>A .jinja file, used when the chat template is read from a file.</source>
        <translation>从文件读取对话模板时所用的 .jinja 文件。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 always takes the likeliest token and ignores the next three.</source>
        <translation>0 表示总取最可能的词元，并忽略以下三项。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>0 switches it off.</source>
        <translation>0 表示关闭。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>1 switches it off.</source>
        <translation>1 表示关闭。</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Seed of decoding</source>
        <translation>解码种子</translation>
    </message>
    <message>
        <source>The same seed gives the same answers.</source>
        <translation>相同的种子给出相同的答案。</translation>
    </message>
    <message>
        <source>Seed of generated data and intervals</source>
        <translation>生成数据和区间的种子</translation>
    </message>
    <message>
        <source>Another seed makes other questions of the same kind.</source>
        <translation>换一个种子会生成同类的其他问题。</translation>
    </message>
    <message>
        <source>long prompts lose their middle</source>
        <translation>过长的提示词截去中间</translation>
    </message>
    <message>
        <source>long prompts lose their beginning</source>
        <translation>过长的提示词截去开头</translation>
    </message>
    <message>
        <source>long prompts lose their end</source>
        <translation>过长的提示词截去结尾</translation>
    </message>
    <message>
        <source>long prompts fail</source>
        <translation>过长的提示词记为失败</translation>
    </message>
    <message>
        <source>long prompts are cut as each benchmark does it</source>
        <translation>过长的提示词按各基准的做法截短</translation>
    </message>
    <message>
        <source>%1 lengths from %2 to %3</source>
        <translation>%1 种长度，从 %2 到 %3</translation>
    </message>
    <message>
        <source>the suite&apos;s own files, whole</source>
        <translation>套件自己的完整文件</translation>
    </message>
    <message>
        <source>repetition penalty %1</source>
        <translation>重复惩罚 %1</translation>
    </message>
    <message>
        <source>thoughts left aside</source>
        <translation>略去思考过程</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>0 takes each benchmark&apos;s own, 1 switches it off.</source>
        <translation>0 表示采用各基准自己的值，1 表示关闭。</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>Fits up to %1</source>
        <translation>放得下，至多 %1</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
</context>
<context>
    <name>loom::ui::ActivityBar</name>
    <message>
        <source>Starting the evaluation</source>
        <translation>正在启动评测</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Show this run</source>
        <translation>显示此运行</translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation>评测进度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel this run; finished samples stay</source>
        <translation>取消此运行；已完成的样本会保留</translation>
    </message>
    <message>
        <source>%1 · %2 memory in all</source>
        <translation>%1 · 总内存 %2</translation>
    </message>
    <message>
        <source>%1 · %2 in line</source>
        <translation>%1 · %2 项排队</translation>
    </message>
    <message>
        <source>Go on with this run</source>
        <translation>继续此运行</translation>
    </message>
    <message>
        <source>Pause after the sample at work</source>
        <translation>当前样本完成后暂停</translation>
    </message>
</context>
<context>
    <name>loom::ui::AddBenchmarkDialog</name>
    <message>
        <source>Add benchmark</source>
        <translation>添加基准</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Reading the documents.</source>
        <translation>正在读取文档。</translation>
    </message>
    <message>
        <source>Reading the first records.</source>
        <translation>正在读取前几条记录。</translation>
    </message>
    <message numerus="yes">
        <source>%n columns. All records are read when you add the benchmark.</source>
        <translation>
            <numerusform>%n 列。添加基准时会读取全部记录。</numerusform>
        </translation>
    </message>
    <message>
        <source>A benchmark that somebody described.</source>
        <translation>由他人描述的基准。</translation>
    </message>
    <message>
        <source>Reading all of the data.</source>
        <translation>正在读取全部数据。</translation>
    </message>
    <message>
        <source>Choose a file or a folder.</source>
        <translation>请选择文件或文件夹。</translation>
    </message>
    <message>
        <source>1 column. All records are read when you add the benchmark.</source>
        <translation>1 列。添加基准时会读取全部记录。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>loom::ui::AddModelDialog</name>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Add a folder instead</source>
        <translation>改为添加文件夹</translation>
    </message>
    <message>
        <source>Models that are already on this machine are used where they lie</source>
        <translation>本机已有的模型在原位置直接使用</translation>
    </message>
    <message>
        <source>ORG/NAME or ORG/NAME@REVISION</source>
        <translation>ORG/NAME 或 ORG/NAME@REVISION</translation>
    </message>
    <message>
        <source>only where it has several, for example Q4_K_M</source>
        <translation>仅在有多个时填写，例如 Q4_K_M</translation>
    </message>
    <message>
        <source>The program works offline: only what was fetched before can be added.</source>
        <translation>程序处于离线模式：只能添加以前下载过的内容。</translation>
    </message>
    <message>
        <source>From %1 into the Hugging Face cache (%2), which other programs share. Safetensors come before GGUF; pickle files are never taken.</source>
        <translation>从 %1 下载到 Hugging Face 缓存（%2），与其他程序共用。safetensors 优先于 GGUF；从不使用 pickle 文件。</translation>
    </message>
    <message>
        <source>&amp;Repository</source>
        <translation>仓库(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;GGUF file</source>
        <translation>GGUF 文件(&amp;G)</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>A repository is written ORG/NAME, as in the address of its page.</source>
        <translation>仓库写作 ORG/NAME，与其网页地址一致。</translation>
    </message>
    <message>
        <source>Folder with models</source>
        <translation>模型所在文件夹</translation>
    </message>
    <message>
        <source>Name a repository to fetch</source>
        <translation>请填写要下载的仓库</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>loom::ui::AnswerFields</name>
    <message>
        <source>Answer begins with</source>
        <translation>答案开头</translation>
    </message>
    <message>
        <source>Answer, at most, tokens</source>
        <translation>答案最多词元数</translation>
    </message>
    <message>
        <source>Use the model&apos;s chat template</source>
        <translation>使用模型的对话模板</translation>
    </message>
    <message>
        <source>Answer &amp;begins</source>
        <translation>答案开头(&amp;B)</translation>
    </message>
    <message>
        <source>At &amp;most, tokens</source>
        <translation>最多词元数(&amp;M)</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkChecklist</name>
    <message>
        <source>Benchmarks and their tasks</source>
        <translation>基准及其任务</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkDetails</name>
    <message>
        <source>%1 (optional)</source>
        <translation>%1（可选）</translation>
    </message>
    <message>
        <source>Details of the benchmark</source>
        <translation>基准详情</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Answer, at most</source>
        <translation>答案上限</translation>
    </message>
    <message>
        <source>Official samples</source>
        <translation>官方样本数</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Own data</source>
        <translation>自有数据</translation>
    </message>
    <message>
        <source>Official files</source>
        <translation>官方文件</translation>
    </message>
    <message>
        <source>Folder for them</source>
        <translation>文件所在文件夹</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkFields</name>
    <message>
        <source>%1 documents with %2 sentences.</source>
        <translation>%1 篇文档，%2 个句子。</translation>
    </message>
    <message>
        <source>and more that was left out</source>
        <translation>，其余已略去</translation>
    </message>
    <message>
        <source>Its data: %1</source>
        <translation>其数据：%1</translation>
    </message>
    <message>
        <source>Choose the column with the answers.</source>
        <translation>请选择答案所在的列。</translation>
    </message>
    <message>
        <source>The prompt shows nothing of the record. Insert the question.</source>
        <translation>提示词没有包含记录的任何内容。请插入问题。</translation>
    </message>
    <message>
        <source>%1 document with %2 sentences.</source>
        <translation>%1 个文档，%2 个句子。</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkFiles</name>
    <message>
        <source>Its samples are made on this machine.</source>
        <translation>样本在本机生成。</translation>
    </message>
    <message>
        <source>Made of your own data.</source>
        <translation>由您自己的数据生成。</translation>
    </message>
    <message>
        <source>Your data is not where it was: %1</source>
        <translation>您的数据已不在原处：%1</translation>
    </message>
    <message>
        <source>%L1 of %L2 files are here.</source>
        <translation>%L2 个文件中已有 %L1 个。</translation>
    </message>
    <message>
        <source>Its samples are made on this machine; official files replace them.</source>
        <translation>样本在本机生成；有官方文件时以官方文件为准。</translation>
    </message>
    <message>
        <source>The others are on no hub: put them into the folder.</source>
        <translation>其余文件不在任何模型库中：请放入该文件夹。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>For files of your own; the folder is made when it is missing</source>
        <translation>用于放置您自己的文件；不存在时会创建</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Fetch %1</source>
        <translation>下载 %1</translation>
    </message>
    <message>
        <source>Waiting for other downloads.</source>
        <translation>等待其他下载。</translation>
    </message>
    <message>
        <source>Asking the hub for its files.</source>
        <translation>正在向模型库查询文件。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 cannot be made: %2</source>
        <translation>无法创建 %1：%2</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkPanel</name>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Citation</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>Samples per task and length</source>
        <translation>每个任务和长度的样本数</translation>
    </message>
    <message>
        <source>0 takes the benchmark&apos;s default of %1.</source>
        <translation>0 表示采用基准的默认值 %1。</translation>
    </message>
    <message>
        <source>0 takes each task&apos;s official number.</source>
        <translation>0 表示采用各任务的官方数量。</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>default: official number</source>
        <translation>默认：官方数量</translation>
    </message>
    <message>
        <source>More samples narrow the interval and take longer.</source>
        <translation>样本越多，区间越窄，耗时越长。</translation>
    </message>
    <message>
        <source>About the benchmark</source>
        <translation>关于该基准</translation>
    </message>
    <message>
        <source>Example prompts</source>
        <translation>提示词示例</translation>
    </message>
    <message>
        <source>Lengths in tokens</source>
        <translation>长度（词元）</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Tick what to evaluate. Select a benchmark to read what it measures and to set its lengths and samples.</source>
        <translation>勾选要评测的内容。选中一个基准可了解其测量内容，并设置长度和样本数。</translation>
    </message>
    <message>
        <source>Read whole from the suite&apos;s own files.</source>
        <translation>从套件自己的文件完整读取。</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarkWords</name>
    <message>
        <source>Share of the references that the answer contains</source>
        <translation>答案包含的参考答案比例</translation>
    </message>
    <message>
        <source>The answer contains one of the references</source>
        <translation>答案包含某个参考答案</translation>
    </message>
    <message>
        <source>The right letter is chosen</source>
        <translation>选对了字母</translation>
    </message>
    <message>
        <source>The answer equals a reference</source>
        <translation>答案与某个参考答案相同</translation>
    </message>
    <message>
        <source>Words, stems and synonyms (METEOR)</source>
        <translation>词、词干和同义词（METEOR）</translation>
    </message>
    <message>
        <source>Longest common sequence of words (ROUGE-L)</source>
        <translation>最长公共词序列（ROUGE-L）</translation>
    </message>
    <message>
        <source>Share of the answer&apos;s numbers that are right</source>
        <translation>答案中正确数字的比例</translation>
    </message>
    <message>
        <source>Not scored: answers to read</source>
        <translation>不评分：供阅读的答案</translation>
    </message>
    <message>
        <source>The program passes its tests in the sandbox (pass@1)</source>
        <translation>程序在沙箱中通过测试（pass@1）</translation>
    </message>
    <message>
        <source>Overlap of words with the best reference (F1)</source>
        <translation>与最佳参考答案的词重叠（F1）</translation>
    </message>
    <message>
        <source>Nearness in meaning by an encoder (BERTScore)</source>
        <translation>由编码器衡量的语义接近度（BERTScore）</translation>
    </message>
    <message>
        <source>Perplexity of the reference, lower is better</source>
        <translation>参考答案的困惑度，越低越好</translation>
    </message>
    <message>
        <source>Share of the reference&apos;s words in the answer</source>
        <translation>答案中出现的参考答案词比例</translation>
    </message>
    <message>
        <source>Asked words used, and how near the length is</source>
        <translation>用到要求的词，且长度接近</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarksPage</name>
    <message>
        <source>New evaluation</source>
        <translation>新建评测</translation>
    </message>
    <message>
        <source>Choose benchmarks, models and settings (Ctrl+N)</source>
        <translation>选择基准、模型和设置（Ctrl+N）</translation>
    </message>
    <message>
        <source>No benchmark found</source>
        <translation>未找到基准</translation>
    </message>
    <message>
        <source>No benchmark or task has these words.</source>
        <translation>没有基准或任务包含这些词。</translation>
    </message>
    <message>
        <source>Add benchmark…</source>
        <translation>添加基准…</translation>
    </message>
    <message>
        <source>From a file with questions, or from your own documents</source>
        <translation>来自含问题的文件，或您自己的文档</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes a benchmark that you added out of the list; its data stays</source>
        <translation>将您添加的基准从列表中移除；其数据会保留</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>“%1” was removed. Its results stay.</source>
        <translation>已移除“%1”。其结果会保留。</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Search benchmarks and tasks</source>
        <translation>搜索基准和任务</translation>
    </message>
</context>
<context>
    <name>loom::ui::BenchmarksStep</name>
    <message>
        <source>%1 stands in the plan more than once, asked in different ways. All its tasks are asked as the first ones here; the command line runs the plan as it is.</source>
        <translation>计划中多次列出 %1，且设置不同。此处其所有任务均按第一次的设置运行；命令行按计划原样运行。</translation>
    </message>
    <message>
        <source>Search benchmarks and tasks</source>
        <translation>搜索基准和任务</translation>
    </message>
    <message>
        <source>Add benchmark…</source>
        <translation>添加基准…</translation>
    </message>
    <message>
        <source>From a file with questions, or from your own documents</source>
        <translation>来自含问题的文件，或您自己的文档</translation>
    </message>
    <message>
        <source>Show only tasks in the chosen languages</source>
        <translation>只显示所选语言的任务</translation>
    </message>
    <message>
        <source>Show tasks in %1</source>
        <translation>显示%1任务</translation>
    </message>
    <message>
        <source>Suites</source>
        <translation>套件</translation>
    </message>
    <message>
        <source>Choose the benchmarks of a suite</source>
        <translation>选用某个套件中的基准</translation>
    </message>
    <message>
        <source>%1 has no data of the ticked tasks at these lengths. Choose others.</source>
        <translation>%1 在这些长度上没有所勾选任务的数据。请选择其他长度。</translation>
    </message>
    <message>
        <source>Tick at least one task.</source>
        <translation>请至少勾选一个任务。</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>loom::ui::CatalogueTree</name>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Lengths, tokens</source>
        <translation>长度（词元）</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
</context>
<context>
    <name>loom::ui::ChartView</name>
    <message>
        <source>Data of the chart</source>
        <translation>图表数据</translation>
    </message>
    <message>
        <source>Show data</source>
        <translation>显示数据</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the picture and its data</source>
        <translation>复制图片及其数据</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the figure for a paper, with data and caption</source>
        <translation>为论文导出图形，附数据和图注</translation>
    </message>
</context>
<context>
    <name>loom::ui::ColumnFields</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>问题(&amp;Q)</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>&amp;Document</source>
        <translation>文档(&amp;D)</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Separator of the answers</source>
        <translation>答案之间的分隔符</translation>
    </message>
    <message>
        <source>&amp;Answers</source>
        <translation>答案(&amp;A)</translation>
    </message>
    <message>
        <source>Separator of the choices</source>
        <translation>选项之间的分隔符</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>C&amp;hoices</source>
        <translation>选项(&amp;H)</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>&amp;Id</source>
        <translation>编号(&amp;I)</translation>
    </message>
    <message>
        <source>separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>What stands between several of them in one cell; a JSON list needs none</source>
        <translation>同一单元格内多个值之间的分隔符；JSON 列表不需要</translation>
    </message>
    <message>
        <source>Choose a file to see its columns</source>
        <translation>请选择文件以查看其列</translation>
    </message>
</context>
<context>
    <name>loom::ui::ColumnsButton</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose a file to see its columns</source>
        <translation>请选择文件以查看其列</translation>
    </message>
</context>
<context>
    <name>loom::ui::ComparePage</name>
    <message>
        <source>Add run…</source>
        <translation>添加运行…</translation>
    </message>
    <message>
        <source>Parts of the comparison</source>
        <translation>比较的各部分</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>Baseline: %1</source>
        <translation>基线：%1</translation>
    </message>
    <message>
        <source>Take “%1” out of the comparison</source>
        <translation>从比较中移除“%1”</translation>
    </message>
    <message>
        <source>There is no other run</source>
        <translation>没有其他运行</translation>
    </message>
    <message>
        <source>Add another run to compare with this one.</source>
        <translation>请再添加一个运行与此运行比较。</translation>
    </message>
    <message>
        <source>These runs could not be read.</source>
        <translation>无法读取这些运行。</translation>
    </message>
    <message>
        <source>Judge of %1: %2</source>
        <translation>%1 的评判：%2</translation>
    </message>
    <message>
        <source>Tasks that all runs share: %1. Paired samples: %2.</source>
        <translation>所有运行共有的任务：%1。配对样本：%2。</translation>
    </message>
    <message>
        <source>Tasks left out because some runs lack them: %1.</source>
        <translation>因部分运行缺少而略去的任务：%1。</translation>
    </message>
    <message>
        <source>These runs share no task.</source>
        <translation>这些运行没有共同的任务。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>Add two to six runs, or select them on the Runs page. A run with several models can be compared with itself.</source>
        <translation>请添加两到六个运行，或在“运行”页中选择。含多个模型的运行可与自身比较。</translation>
    </message>
    <message>
        <source>Settings differ, so scores may not be comparable.</source>
        <translation>设置不同，得分可能不可比。</translation>
    </message>
    <message>
        <source>Six stand beside each other at most</source>
        <translation>最多并列六个</translation>
    </message>
    <message>
        <source>Puts one more run beside the others</source>
        <translation>再并列一个运行</translation>
    </message>
</context>
<context>
    <name>loom::ui::DataField</name>
    <message>
        <source>Data file or folder</source>
        <translation>数据文件或文件夹</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>A JSONL, CSV, TSV or Parquet file, or a folder of documents</source>
        <translation>JSONL、CSV、TSV 或 Parquet 文件，或文档文件夹</translation>
    </message>
    <message>
        <source>Da&amp;ta</source>
        <translation>数据(&amp;T)</translation>
    </message>
    <message>
        <source>Data of the benchmark</source>
        <translation>基准的数据</translation>
    </message>
    <message>
        <source>Data (*.jsonl *.json *.csv *.tsv *.parquet *.gz *.zip);;All files (*)</source>
        <translation>数据 (*.jsonl *.json *.csv *.tsv *.parquet *.gz *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Folder of documents</source>
        <translation>文档文件夹</translation>
    </message>
</context>
<context>
    <name>loom::ui::DataFolder</name>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Use the program&apos;s own</source>
        <translation>使用程序默认文件夹</translation>
    </message>
    <message>
        <source>Folder with benchmark files</source>
        <translation>基准文件所在文件夹</translation>
    </message>
    <message>
        <source>Choose the folder with benchmark files</source>
        <translation>选择基准文件所在文件夹</translation>
    </message>
    <message>
        <source>Files in the folder chosen before stay as they are</source>
        <translation>先前所选文件夹中的文件保持不变</translation>
    </message>
    <message>
        <source>It is the program&apos;s own now</source>
        <translation>现在就是程序自己的文件夹</translation>
    </message>
</context>
<context>
    <name>loom::ui::DifferenceView</name>
    <message>
        <source>Differences per task</source>
        <translation>各任务的差异</translation>
    </message>
</context>
<context>
    <name>loom::ui::DisagreementModel</name>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
</context>
<context>
    <name>loom::ui::Disagreements</name>
    <message>
        <source>Samples scored differently</source>
        <translation>得分不同的样本</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>打开样本</translation>
    </message>
    <message>
        <source>Samples scored differently: %1</source>
        <translation>得分不同的样本：%1</translation>
    </message>
    <message>
        <source>Reference: %1</source>
        <translation>参考答案：%1</translation>
    </message>
    <message>
        <source>  or  </source>
        <translation> 或 </translation>
    </message>
</context>
<context>
    <name>loom::ui::DocumentFields</name>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Depths</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>One needle</source>
        <translation>单个针</translation>
    </message>
    <message>
        <source>Several needles at once</source>
        <translation>同时多个针</translation>
    </message>
    <message>
        <source>The order of several needles</source>
        <translation>多个针的顺序</translation>
    </message>
    <message>
        <source>Needles at once</source>
        <translation>同时的针数</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>&amp;Lengths, tokens</source>
        <translation>长度（词元）(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Depths, %</source>
        <translation>深度（%）(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Needles at once</source>
        <translation>同时的针数(&amp;N)</translation>
    </message>
    <message>
        <source>A needle is a sentence of ours that is hidden in the text of your documents. Each depth is one sample of each task and length; lengths are exact for every model.</source>
        <translation>“针”是我们写的一句话，藏在您文档的正文里。每个深度对应每个任务和长度的一个样本；长度对每个模型都是精确的。</translation>
    </message>
    <message>
        <source>Tick at least one task.</source>
        <translation>请至少勾选一个任务。</translation>
    </message>
    <message>
        <source>Write lengths of 256 tokens or more, for example 4k, 8k.</source>
        <translation>请填写不少于 256 词元的长度，例如 4k, 8k。</translation>
    </message>
    <message>
        <source>Write depths from 0 to 100, for example 0, 50, 100.</source>
        <translation>请填写 0 到 100 的深度，例如 0, 50, 100。</translation>
    </message>
</context>
<context>
    <name>loom::ui::Downloads</name>
    <message>
        <source>Fetching %1</source>
        <translation>正在下载 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>剩余 %1:%2</translation>
    </message>
    <message>
        <source>%1 was fetched.</source>
        <translation>%1 已下载。</translation>
    </message>
    <message>
        <source>%1 was added.</source>
        <translation>%1 已添加。</translation>
    </message>
    <message>
        <source>What came is kept; fetching again goes on with it.</source>
        <translation>已收到的部分会保留；再次下载将接着进行。</translation>
    </message>
</context>
<context>
    <name>loom::ui::EvaluatePage</name>
    <message>
        <source>New evaluation</source>
        <translation>新建评测</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Starter suite</source>
        <translation>入门套件</translation>
    </message>
    <message>
        <source>Ten short tasks over six capabilities on a small model: see what an evaluation gives.</source>
        <translation>在小模型上完成六种能力的十个短任务：看看评测能给出什么。</translation>
    </message>
    <message>
        <source>Run starter suite</source>
        <translation>运行入门套件</translation>
    </message>
    <message>
        <source>How far does it remember?</source>
        <translation>能记住多远？</translation>
    </message>
    <message>
        <source>Facts hidden in longer and longer documents, a curve over the length and a map over the depth.</source>
        <translation>把事实藏在越来越长的文档里，得到随长度变化的曲线和随深度变化的热力图。</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Compare models on LOOMBENCH</source>
        <translation>在 LOOMBENCH 上比较模型</translation>
    </message>
    <message>
        <source>Twelve benchmarks on several models: scores side by side, each with its interval. Some of the data is fetched first.</source>
        <translation>多个模型的十二个基准：得分并排，均带区间。部分数据会先下载。</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>Devices of this machine</source>
        <translation>本机设备</translation>
    </message>
    <message>
        <source>No model was found. Add one on the Models page.</source>
        <translation>未找到模型。请在“模型”页添加。</translation>
    </message>
    <message>
        <source>%1, window: %2</source>
        <translation>%1，窗口：%2</translation>
    </message>
    <message>
        <source>1 model found; add others on the Models page</source>
        <translation>找到 1 个模型；可在“模型”页添加其他模型</translation>
    </message>
    <message>
        <source>%1 models found</source>
        <translation>找到 %1 个模型</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 核</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 核</translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>%2 中空闲 %1</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Recent runs and plans</source>
        <translation>最近的运行和计划</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>最近的运行</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>最近的计划</translation>
    </message>
    <message>
        <source>Open plan…</source>
        <translation>打开计划…</translation>
    </message>
    <message>
        <source>Open a saved plan</source>
        <translation>打开已保存的计划</translation>
    </message>
    <message>
        <source>Fills the wizard with a saved plan (Ctrl+O)</source>
        <translation>用已保存的计划填写向导（Ctrl+O）</translation>
    </message>
    <message>
        <source>Open plan</source>
        <translation>打开计划</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>计划 (*.json)</translation>
    </message>
    <message>
        <source>What is being fetched</source>
        <translation>正在获取的内容</translation>
    </message>
    <message>
        <source>%1 in line</source>
        <translation>%1 项排队</translation>
    </message>
</context>
<context>
    <name>loom::ui::EvaluationWizard</name>
    <message>
        <source>New evaluation</source>
        <translation>新建评测</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>增强方法</translation>
    </message>
    <message>
        <source>What is changed in how the model reads its prompt.</source>
        <translation>改变模型读取提示词的方式。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Save plan…</source>
        <translation>保存计划…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Run evaluation</source>
        <translation>开始评测</translation>
    </message>
    <message>
        <source>%1, done</source>
        <translation>%1，已完成</translation>
    </message>
    <message>
        <source> · estimating…</source>
        <translation> · 正在估算…</translation>
    </message>
    <message>
        <source>Save plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>计划 (*.json)</translation>
    </message>
    <message>
        <source>Discard this evaluation?</source>
        <translation>放弃此评测？</translation>
    </message>
    <message>
        <source>Discard what you entered for this evaluation?</source>
        <translation>放弃为此评测填写的内容？</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Where the models run. Servers kept in Settings judge answers; they run no models here.</source>
        <translation>模型在哪里运行。“设置”中保存的服务器用于评判答案，不在此运行模型。</translation>
    </message>
    <message>
        <source>%1, needs a look</source>
        <translation>%1，需要查看</translation>
    </message>
    <message>
        <source>Not all of the opened plan could be taken over</source>
        <translation>打开的计划未能全部采用</translation>
    </message>
    <message>
        <source>Not everything of the opened plan could be taken over as it is:</source>
        <translation>打开的计划中以下内容未能原样采用：</translation>
    </message>
</context>
<context>
    <name>loom::ui::FactList</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制%1</translation>
    </message>
</context>
<context>
    <name>loom::ui::FigureExportDialog</name>
    <message>
        <source>Export figure</source>
        <translation>导出图形</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>Replace files</source>
        <translation>替换文件</translation>
    </message>
    <message>
        <source>Write files</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Nothing complete was written. %1</source>
        <translation>没有写出完整的文件。%1</translation>
    </message>
    <message>
        <source>Folder for the figure</source>
        <translation>图形所在文件夹</translation>
    </message>
    <message>
        <source>Column (84 mm)</source>
        <translation>单栏（84 mm）</translation>
    </message>
    <message>
        <source>Page (174 mm)</source>
        <translation>通栏（174 mm）</translation>
    </message>
    <message>
        <source>Own width</source>
        <translation>自定宽度</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>pt</source>
        <translation>pt</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>LaTeX (pgfplots)</source>
        <translation>LaTeX (pgfplots)</translation>
    </message>
    <message>
        <source>%1 dpi</source>
        <translation>%1 dpi</translation>
    </message>
    <message>
        <source>&amp;Width</source>
        <translation>宽度(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Own width</source>
        <translation>自定宽度(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Height</source>
        <translation>高度(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Font</source>
        <translation>字体(&amp;F)</translation>
    </message>
    <message>
        <source>Font &amp;size</source>
        <translation>字号(&amp;S)</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>分辨率(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>Fol&amp;der</source>
        <translation>文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Writes the figure, its data (.csv) and a caption (.txt).</source>
        <translation>写出图形、数据 (.csv) 和图注 (.txt)。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
    <message>
        <source>Give the files a name.</source>
        <translation>请给文件命名。</translation>
    </message>
    <message>
        <source>A name holds no “/”: the folder has a field of its own.</source>
        <translation>名称不能含“/”：文件夹另有一栏。</translation>
    </message>
    <message>
        <source>For the width “Own width”</source>
        <translation>用于宽度“自定宽度”</translation>
    </message>
    <message>
        <source>Only a PNG has a resolution</source>
        <translation>只有 PNG 有分辨率</translation>
    </message>
    <message>
        <source>LaTeX sets the text in the document&apos;s own font</source>
        <translation>LaTeX 用文档自己的字体排版文字</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>loom::ui::FileActivity</name>
    <message>
        <source>Progress of the work on files</source>
        <translation>文件处理进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop. %1</source>
        <translation>停止。%1</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 · %2 in line</source>
        <translation>%1 · %2 项排队</translation>
    </message>
</context>
<context>
    <name>loom::ui::FileWork</name>
    <message>
        <source>Nothing half done is kept.</source>
        <translation>不会留下做了一半的内容。</translation>
    </message>
</context>
<context>
    <name>loom::ui::FindBar</name>
    <message>
        <source>Find in prompt and answer</source>
        <translation>在提示词和答案中查找</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Go to the previous place (Shift+F3)</source>
        <translation>转到上一处（Shift+F3）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Go to the next place (F3)</source>
        <translation>转到下一处（F3）</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭（Escape）</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 处</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>loom::ui::FirstSamples</name>
    <message>
        <source>Model that would get the samples</source>
        <translation>将收到样本的模型</translation>
    </message>
    <message>
        <source>Prompt of the sample</source>
        <translation>样本的提示词</translation>
    </message>
    <message>
        <source>Sample before</source>
        <translation>上一个样本</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>No sample: %1</source>
        <translation>没有样本：%1</translation>
    </message>
    <message>
        <source>Looking for models.</source>
        <translation>正在查找模型。</translation>
    </message>
    <message>
        <source>Samples are made with a model&apos;s tokenizer: add a model first.</source>
        <translation>样本要用模型的分词器生成：请先添加模型。</translation>
    </message>
    <message>
        <source>Making the first samples.</source>
        <translation>正在生成前几个样本。</translation>
    </message>
    <message>
        <source>%1 of the first %2: %3, %4</source>
        <translation>前 %2 个中的第 %1 个：%3，%4</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考答案</translation>
    </message>
    <message>
        <source>, cut from %1 to fit the model (%2)</source>
        <translation>，为适应模型由 %1 截短（%2）</translation>
    </message>
</context>
<context>
    <name>loom::ui::FolderList</name>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Folders with models</source>
        <translation>模型所在文件夹</translation>
    </message>
    <message>
        <source>The folder and its files stay as they are</source>
        <translation>文件夹及其文件保持不变</translation>
    </message>
    <message>
        <source>Folder with models</source>
        <translation>模型所在文件夹</translation>
    </message>
    <message>
        <source>The folder itself stays as it is</source>
        <translation>文件夹本身保持不变</translation>
    </message>
    <message>
        <source>Select a folder that you added; the program&apos;s own stay</source>
        <translation>请选择您添加的文件夹；程序自己的会保留</translation>
    </message>
</context>
<context>
    <name>loom::ui::HeatMapView</name>
    <message>
        <source>Score by length and depth</source>
        <translation>各长度和深度得分</translation>
    </message>
</context>
<context>
    <name>loom::ui::HelpWindow</name>
    <message>
        <source>LoomScope help</source>
        <translation>LoomScope 帮助</translation>
    </message>
    <message>
        <source>Help topics</source>
        <translation>帮助主题</translation>
    </message>
    <message>
        <source>Help text</source>
        <translation>帮助正文</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评测</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>A run at work</source>
        <translation>进行中的运行</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>The help page %1 is missing. Install LoomScope again.</source>
        <translation>缺少帮助页 %1。请重新安装 LoomScope。</translation>
    </message>
</context>
<context>
    <name>loom::ui::HubCard</name>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>Address of the hub</source>
        <translation>模型库地址</translation>
    </message>
    <message>
        <source>The hub itself or a mirror that speaks its protocol</source>
        <translation>模型库本身，或使用相同协议的镜像</translation>
    </message>
    <message>
        <source>Work offline: ask nothing of the network</source>
        <translation>离线工作：不访问网络</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>for repositories with terms to accept</source>
        <translation>用于需要接受条款的仓库</translation>
    </message>
    <message>
        <source>Keep in key ring</source>
        <translation>存入密钥环</translation>
    </message>
    <message>
        <source>Keep the access token in the key ring</source>
        <translation>将访问令牌存入密钥环</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the access token from the key ring</source>
        <translation>从密钥环移除访问令牌</translation>
    </message>
    <message>
        <source>Access &amp;token</source>
        <translation>访问令牌(&amp;T)</translation>
    </message>
    <message>
        <source>HF_TOKEN of the environment is used.</source>
        <translation>使用环境变量 HF_TOKEN。</translation>
    </message>
    <message>
        <source>%1 Set HF_TOKEN in the environment instead.</source>
        <translation>%1 请改为设置环境变量 HF_TOKEN。</translation>
    </message>
    <message>
        <source>No token is kept.</source>
        <translation>未保存令牌。</translation>
    </message>
    <message>
        <source>A token is in the key ring.</source>
        <translation>密钥环中有令牌。</translation>
    </message>
    <message>
        <source>Type a token to keep it</source>
        <translation>请输入要保存的令牌</translation>
    </message>
</context>
<context>
    <name>loom::ui::JudgeDialog</name>
    <message>
        <source>Each task&apos;s own, in the shape of its official score</source>
        <translation>各任务自己的标准，与其官方得分形式一致</translation>
    </message>
    <message>
        <source>Right or wrong against the reference</source>
        <translation>对照参考答案判断对错</translation>
    </message>
    <message>
        <source>A grade from 1 to 10 against the reference</source>
        <translation>对照参考答案打 1 到 10 分</translation>
    </message>
    <message>
        <source>A grade from 0 to 5 against the reference</source>
        <translation>对照参考答案打 0 到 5 分</translation>
    </message>
    <message>
        <source>Quality of writing in six dimensions</source>
        <translation>从六个方面评价写作质量</translation>
    </message>
    <message>
        <source>Judge answers of “%1”</source>
        <translation>评判“%1”的答案</translation>
    </message>
    <message>
        <source>Rubric</source>
        <translation>评分标准</translation>
    </message>
    <message>
        <source>Answers of each task</source>
        <translation>每个任务的答案数</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>&amp;Rubric</source>
        <translation>评分标准(&amp;R)</translation>
    </message>
    <message>
        <source>Answers of each &amp;task</source>
        <translation>每个任务的答案数(&amp;T)</translation>
    </message>
    <message>
        <source>Progress of the judging</source>
        <translation>评判进度</translation>
    </message>
    <message>
        <source>&amp;Judge answers</source>
        <translation>评判答案(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Cancel judging</source>
        <translation>取消评判(&amp;C)</translation>
    </message>
    <message>
        <source>Verdicts so far are kept; judging again goes on with them.</source>
        <translation>已有的裁定会保留；再次评判将接着进行。</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>转入后台继续</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 answers judged, %2 without verdict, %3 failed.</source>
        <translation>已评判 %1 个答案，%2 个无裁定，%3 个失败。</translation>
    </message>
    <message>
        <source>The judge agrees with %1 of %2 labelled answers.</source>
        <translation>评判与 %2 个已标注答案中的 %1 个一致。</translation>
    </message>
    <message>
        <source>Guessing could do as well: its verdicts say little.</source>
        <translation>随机猜测也能做到：其裁定意义不大。</translation>
    </message>
    <message>
        <source>A few more are on answers whose verdict is known. What was asked before is not asked again.</source>
        <translation>另有几个针对裁定已知的答案。以前问过的不再问。</translation>
    </message>
    <message>
        <source>About 1 question.</source>
        <translation>约 1 个问题。</translation>
    </message>
    <message>
        <source>About %1 questions.</source>
        <translation>约 %1 个问题。</translation>
    </message>
    <message>
        <source>%1 answer judged, %2 without verdict, %3 failed.</source>
        <translation>已评判 %1 个答案，%2 个无裁定，%3 个失败。</translation>
    </message>
</context>
<context>
    <name>loom::ui::JudgeSource</name>
    <message>
        <source>A &amp;model on this machine</source>
        <translation>本机上的模型(&amp;M)</translation>
    </message>
    <message>
        <source>A &amp;server (OpenAI-compatible)</source>
        <translation>服务器（OpenAI 兼容）(&amp;S)</translation>
    </message>
    <message>
        <source>Model that judges</source>
        <translation>用于评判的模型</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>M&amp;odel</source>
        <translation>模型(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>up to its version, such as https://api.example.org/v1</source>
        <translation>写到版本号为止，例如 https://api.example.org/v1</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Model &amp;name</source>
        <translation>模型名称(&amp;N)</translation>
    </message>
    <message>
        <source>as the server calls it</source>
        <translation>与服务器上的名称一致</translation>
    </message>
    <message>
        <source>Name of the model on the server</source>
        <translation>服务器上的模型名称</translation>
    </message>
    <message>
        <source>No model is on this machine yet</source>
        <translation>本机还没有模型</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Choose a model that judges.</source>
        <translation>请选择用于评判的模型。</translation>
    </message>
    <message>
        <source>The address begins with https:// or http://.</source>
        <translation>地址以 https:// 或 http:// 开头。</translation>
    </message>
    <message>
        <source>Name the model as the server does.</source>
        <translation>请填写服务器所用的模型名称。</translation>
    </message>
    <message>
        <source>Device that the judge runs on</source>
        <translation>评判模型运行的设备</translation>
    </message>
    <message>
        <source>The judge&apos;s model is loaded there beside what else runs on it.</source>
        <translation>评判模型会加载到该设备上，与其他内容并存。</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>Servers kept in Settings</source>
        <translation>“设置”中保存的服务器</translation>
    </message>
    <message>
        <source>Choose one to fill in the fields</source>
        <translation>选择一个以填写各栏</translation>
    </message>
    <message>
        <source>&amp;Kept server</source>
        <translation>已保存的服务器(&amp;K)</translation>
    </message>
</context>
<context>
    <name>loom::ui::JudgedTab</name>
    <message>
        <source>Scores given by judges</source>
        <translation>评判给出的得分</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Judge and rubric</source>
        <translation>评判与评分标准</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Without verdict</source>
        <translation>无裁定</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>No answer of this run was judged yet. “Judge answers…” lets a model grade them.</source>
        <translation>此运行的答案尚未评判。“评判答案…”可让模型打分。</translation>
    </message>
    <message>
        <source>This is the task&apos;s score</source>
        <translation>这是该任务的得分</translation>
    </message>
    <message>
        <source>Stands beside the task&apos;s own score</source>
        <translation>与任务自身得分并列</translation>
    </message>
</context>
<context>
    <name>loom::ui::Judgings</name>
    <message>
        <source>%L1 of %L2 answers</source>
        <translation>%L1 / %L2 个答案</translation>
    </message>
    <message numerus="yes">
        <source>%n without verdict</source>
        <translation>
            <numerusform>%n 个无裁定</numerusform>
        </translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>剩余 %1:%2</translation>
    </message>
    <message>
        <source>Judging “%1”</source>
        <translation>正在评判“%1”</translation>
    </message>
    <message>
        <source>Stopped; verdicts so far are kept.</source>
        <translation>已停止；已有的裁定会保留。</translation>
    </message>
    <message>
        <source>The key ring has no key of this name.</source>
        <translation>密钥环中没有此名称的密钥。</translation>
    </message>
    <message>
        <source>“%1” was judged.</source>
        <translation>“%1”已评判。</translation>
    </message>
    <message>
        <source>Verdicts so far are kept; judging again goes on with them.</source>
        <translation>已有的裁定会保留；再次评判将接着进行。</translation>
    </message>
    <message>
        <source>asking about labelled answers</source>
        <translation>正在询问已标注的答案</translation>
    </message>
</context>
<context>
    <name>loom::ui::KeyFields</name>
    <message>
        <source>Name of the key in the key ring</source>
        <translation>密钥环中的密钥名称</translation>
    </message>
    <message>
        <source>empty: the server wants no key</source>
        <translation>留空：服务器不需要密钥</translation>
    </message>
    <message>
        <source>New key to keep under this name</source>
        <translation>以此名称保存的新密钥</translation>
    </message>
    <message>
        <source>only to keep a new one</source>
        <translation>仅在保存新密钥时填写</translation>
    </message>
    <message>
        <source>&amp;Keep in key ring</source>
        <translation>存入密钥环(&amp;K)</translation>
    </message>
    <message>
        <source>Keep the key in the key ring</source>
        <translation>将密钥存入密钥环</translation>
    </message>
    <message>
        <source>New k&amp;ey</source>
        <translation>新密钥(&amp;E)</translation>
    </message>
    <message>
        <source>Key &amp;by name</source>
        <translation>按名称使用密钥(&amp;B)</translation>
    </message>
    <message>
        <source>A key of this name is in the key ring.</source>
        <translation>密钥环中有此名称的密钥。</translation>
    </message>
    <message>
        <source>Give a name and a new key first</source>
        <translation>请先填写名称和新密钥</translation>
    </message>
</context>
<context>
    <name>loom::ui::KeyRing</name>
    <message>
        <source>The key ring refused access.</source>
        <translation>密钥环拒绝访问。</translation>
    </message>
    <message>
        <source>No key ring answers on this machine.</source>
        <translation>本机没有可用的密钥环。</translation>
    </message>
</context>
<context>
    <name>loom::ui::LanguageCard</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>窗口语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Another language is shown from the next start on.</source>
        <translation>其他语言在下次启动后显示。</translation>
    </message>
    <message>
        <source>Close LoomScope and start it again to see “%1”.</source>
        <translation>关闭并重新启动 LoomScope 后显示“%1”。</translation>
    </message>
</context>
<context>
    <name>loom::ui::LatencyTableModel</name>
    <message>
        <source>Total
h:mm:ss</source>
        <translation>合计
h:mm:ss</translation>
    </message>
    <message>
        <source>Tokenise
h:mm:ss</source>
        <translation>分词
h:mm:ss</translation>
    </message>
    <message>
        <source>Prefill
h:mm:ss</source>
        <translation>预填充
h:mm:ss</translation>
    </message>
    <message>
        <source>Decode
h:mm:ss</source>
        <translation>解码
h:mm:ss</translation>
    </message>
    <message>
        <source>Prefill
tokens/s</source>
        <translation>预填充
词元/s</translation>
    </message>
    <message>
        <source>Decode
tokens/s</source>
        <translation>解码
词元/s</translation>
    </message>
    <message>
        <source>Memory
GB</source>
        <translation>内存
GB</translation>
    </message>
    <message>
        <source>Time from the first prompt to the last score</source>
        <translation>从第一个提示词到最后一个得分的时间</translation>
    </message>
    <message>
        <source>Time to turn prompts into tokens</source>
        <translation>把提示词转换为词元的时间</translation>
    </message>
    <message>
        <source>Time to read prompts, reused parts included</source>
        <translation>读取提示词的时间，包括复用部分</translation>
    </message>
    <message>
        <source>Time to write answers</source>
        <translation>写出答案的时间</translation>
    </message>
    <message>
        <source>Tokens of prompts read in a second, reused parts left out</source>
        <translation>每秒读取的提示词词元数，不含复用部分</translation>
    </message>
    <message>
        <source>Tokens of answers written in a second</source>
        <translation>每秒写出的答案词元数</translation>
    </message>
    <message>
        <source>The most memory that was in use</source>
        <translation>使用过的最大内存</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>loom::ui::LatencyTableView</name>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time by benchmark</source>
        <translation>各基准时间</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the figure for a paper, with data and caption</source>
        <translation>为论文导出图形，附数据和图注</translation>
    </message>
</context>
<context>
    <name>loom::ui::LengthChooser</name>
    <message>
        <source>Further lengths in tokens</source>
        <translation>其他长度（词元）</translation>
    </message>
    <message>
        <source>further lengths, for example 6k, 100000</source>
        <translation>其他长度，例如 6k, 100000</translation>
    </message>
    <message>
        <source>%L1 tokens</source>
        <translation>%L1 词元</translation>
    </message>
    <message>
        <source>Enter token counts with commas between, for example 6k, 100000.</source>
        <translation>请填写词元数，用逗号分隔，例如 6k, 100000。</translation>
    </message>
    <message>
        <source>A length of %L1 tokens is too short; use %L2 or more.</source>
        <translation>%L1 词元太短；请使用 %L2 或更多。</translation>
    </message>
    <message>
        <source>Choose at most %L1 lengths.</source>
        <translation>最多选择 %L1 个长度。</translation>
    </message>
    <message>
        <source>Choose at least one length.</source>
        <translation>请至少选择一个长度。</translation>
    </message>
</context>
<context>
    <name>loom::ui::LengthCurveView</name>
    <message>
        <source>Score by length</source>
        <translation>各长度得分</translation>
    </message>
</context>
<context>
    <name>loom::ui::LengthsTab</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>No task of this run has lengths. RULER and NIAH measure them.</source>
        <translation>此运行没有按长度的任务。RULER 和 NIAH 会测量长度。</translation>
    </message>
    <message>
        <source>Tasks of the curve</source>
        <translation>曲线的任务</translation>
    </message>
    <message>
        <source>Task of the heat-map</source>
        <translation>热力图的任务</translation>
    </message>
    <message>
        <source>No task of this run records the depth of its evidence.</source>
        <translation>此运行没有任务记录证据的深度。</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>全部任务</translation>
    </message>
    <message>
        <source>%1, effective length</source>
        <translation>%1，有效长度</translation>
    </message>
    <message>
        <source>%1, base score</source>
        <translation>%1，基础得分</translation>
    </message>
    <message>
        <source>depth %1 %</source>
        <translation>深度 %1 %</translation>
    </message>
</context>
<context>
    <name>loom::ui::MainWindow</name>
    <message>
        <source>The evaluation failed.</source>
        <translation>评测失败。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Stopped: %1. %2</source>
        <translation>已停止：%1。%2</translation>
    </message>
    <message>
        <source>Ctrl+%1</source>
        <translation>Ctrl+%1</translation>
    </message>
    <message>
        <source>Evaluation: finished samples are stored. The sample at work is computed again.</source>
        <translation>评测：已完成的样本已保存。当前样本会重新计算。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>What waits behind it is dropped (%1).</source>
        <translation>其后排队的内容会放弃（%1）。</translation>
    </message>
    <message>
        <source>Work is going on</source>
        <translation>工作正在进行</translation>
    </message>
    <message>
        <source>An evaluation is running. Close and go on with it at the next start?</source>
        <translation>评测正在运行。关闭并在下次启动时继续？</translation>
    </message>
    <message>
        <source>Close and stop what is at work?</source>
        <translation>关闭并停止正在进行的工作？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>“%1” stopped after %2 of %3 samples.</source>
        <translation>“%1”在 %3 个样本中完成 %2 个后停止。</translation>
    </message>
</context>
<context>
    <name>loom::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Where: %1</source>
        <translation>位置：%1</translation>
    </message>
</context>
<context>
    <name>loom::ui::MethodStep</name>
    <message>
        <source>Nothing to set here.</source>
        <translation>此处无需设置。</translation>
    </message>
    <message>
        <source>The plan has several entries (%1). One is chosen here; run the plan once for each, or whole on the command line.</source>
        <translation>计划含有多项（%1）。此处选用一项；请对每项各运行一次，或在命令行整体运行。</translation>
    </message>
</context>
<context>
    <name>loom::ui::MetricFields</name>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Layer of the encoder</source>
        <translation>编码器的层</translation>
    </message>
    <message>
        <source>Looking for encoders…</source>
        <translation>正在查找编码器…</translation>
    </message>
    <message>
        <source>The last</source>
        <translation>最后一层</translation>
    </message>
    <message>
        <source>Whose hidden states are compared; 0 is the embeddings</source>
        <translation>比较哪一层的隐藏状态；0 为嵌入层</translation>
    </message>
    <message>
        <source>&amp;Score</source>
        <translation>得分(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Encoder</source>
        <translation>编码器(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>层(&amp;L)</translation>
    </message>
    <message>
        <source>Scores of other encoders or layers are not comparable.</source>
        <translation>不同编码器或层的得分不可比。</translation>
    </message>
    <message>
        <source>The tested model reads the right answers behind its prompt. What it answers itself is not scored.</source>
        <translation>被测模型在提示词之后读取正确答案。它自己的回答不计分。</translation>
    </message>
    <message>
        <source>No encoder is on this machine yet</source>
        <translation>本机还没有编码器</translation>
    </message>
    <message>
        <source>Choose an encoder</source>
        <translation>选择编码器</translation>
    </message>
    <message>
        <source>Choose the encoder that compares answers with references.</source>
        <translation>请选择用于比较答案与参考答案的编码器。</translation>
    </message>
    <message>
        <source>Get a BERT or RoBERTa model first: Models, Add model. For example sentence-transformers/all-MiniLM-L6-v2.</source>
        <translation>请先获取 BERT 或 RoBERTa 模型：模型 → 添加模型。例如 sentence-transformers/all-MiniLM-L6-v2。</translation>
    </message>
</context>
<context>
    <name>loom::ui::ModelCards</name>
    <message>
        <source>Cannot run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>Encoder, gives no answers</source>
        <translation>编码器，不产生答案</translation>
    </message>
    <message>
        <source>Needs %1, free %2 memory not known</source>
        <translation>需要 %1，%2 的空闲内存未知</translation>
    </message>
    <message>
        <source>Fits in %1 memory: needs %2, %3 free</source>
        <translation>%1 内存放得下：需要 %2，空闲 %3</translation>
    </message>
    <message>
        <source>Does not fit in %1 memory: needs %2, %3 free</source>
        <translation>%1 内存放不下：需要 %2，空闲 %3</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 参数</translation>
    </message>
    <message>
        <source>window: %1</source>
        <translation>窗口：%1</translation>
    </message>
</context>
<context>
    <name>loom::ui::ModelDetails</name>
    <message>
        <source>Details of the model</source>
        <translation>模型详情</translation>
    </message>
    <message>
        <source>Memory when prompts have</source>
        <translation>不同提示词长度所需内存</translation>
    </message>
    <message>
        <source>An encoder: it gives no answers and serves BERTScore.</source>
        <translation>编码器：不产生答案，用于 BERTScore。</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Key and value heads</source>
        <translation>键值头数</translation>
    </message>
    <message>
        <source>Head size</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>有</translation>
    </message>
    <message>
        <source>no</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Size on disk</source>
        <translation>磁盘大小</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>Other weights</source>
        <translation>其他权重</translation>
    </message>
    <message>
        <source>Keys and values</source>
        <translation>键和值</translation>
    </message>
    <message>
        <source>Recurrent state</source>
        <translation>循环状态</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>工作内存</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>tensors: %1, on disk %2, in memory %3</source>
        <translation>张量：%1，磁盘 %2，内存 %3</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Memory for one prompt of %1</source>
        <translation>%1 提示词所需内存</translation>
    </message>
    <message>
        <source>Layers see</source>
        <translation>各层可见范围</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Template from</source>
        <translation>模板来自</translation>
    </message>
    <message>
        <source>Adapter of</source>
        <translation>所适配的模型</translation>
    </message>
</context>
<context>
    <name>loom::ui::ModelsPage</name>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>From Hugging Face or from a folder of this machine</source>
        <translation>来自 Hugging Face 或本机文件夹</translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation>本机模型</translation>
    </message>
    <message>
        <source>No model found</source>
        <translation>未找到模型</translation>
    </message>
    <message>
        <source>No model has these words in its name or type.</source>
        <translation>没有模型的名称或类型包含这些词。</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>正在查找模型</translation>
    </message>
    <message>
        <source>Reading the headers of the files.</source>
        <translation>正在读取文件头。</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>Put a GGUF file or a safetensors folder into %1, fetch a model from Hugging Face, or add the folder that has your models.</source>
        <translation>请将 GGUF 文件或 safetensors 文件夹放入 %1，从 Hugging Face 下载模型，或添加模型所在文件夹。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
</context>
<context>
    <name>loom::ui::ModelsStep</name>
    <message>
        <source>Models on this machine</source>
        <translation>本机模型</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>A GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>A folder with a saved model, or one with several models below it</source>
        <translation>含有已保存模型的文件夹，或其下有多个模型的文件夹</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>No model was found. Put a GGUF file or the folder of a saved model into one of: %1</source>
        <translation>未找到模型。请将 GGUF 文件或已保存模型的文件夹放入以下之一：%1</translation>
    </message>
    <message>
        <source>1 model found</source>
        <translation>找到 1 个模型</translation>
    </message>
    <message>
        <source>%1 models found</source>
        <translation>找到 %1 个模型</translation>
    </message>
    <message>
        <source>Tick at least one model.</source>
        <translation>请至少勾选一个模型。</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>添加模型所在文件夹</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model %1 is not on this disk. Add its file or folder here, or fetch it on the Models page.</source>
        <translation>模型 %1 不在本机磁盘上。请在此添加其文件或文件夹，或在“模型”页下载。</translation>
    </message>
    <message>
        <source>The model %1 gives no answers. Tick another.</source>
        <translation>模型 %1 不产生答案。请勾选其他模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot run here: %2</source>
        <translation>模型 %1 无法在此运行：%2</translation>
    </message>
    <message>
        <source>The model %1 is listed more than once; it is taken as the first time.</source>
        <translation>模型 %1 列出多次；采用第一次的设置。</translation>
    </message>
</context>
<context>
    <name>loom::ui::ModelsTable</name>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Window, tokens</source>
        <translation>窗口（词元）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>内存</translation>
    </message>
</context>
<context>
    <name>loom::ui::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>loom::ui::OverviewTab</name>
    <message>
        <source>Show these samples</source>
        <translation>显示这些样本</translation>
    </message>
    <message>
        <source>Axes of the radar chart</source>
        <translation>雷达图的轴</translation>
    </message>
    <message>
        <source>By capability</source>
        <translation>按能力</translation>
    </message>
    <message>
        <source>By benchmark</source>
        <translation>按基准</translation>
    </message>
    <message>
        <source>By task</source>
        <translation>按任务</translation>
    </message>
    <message>
        <source>Rows of the time table</source>
        <translation>时间表的行</translation>
    </message>
    <message>
        <source>Time by benchmark</source>
        <translation>各基准时间</translation>
    </message>
    <message>
        <source>Time by task</source>
        <translation>各任务时间</translation>
    </message>
    <message numerus="yes">
        <source>%n truncated</source>
        <translation>
            <numerusform>%n 个被截断</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unparsed</source>
        <translation>
            <numerusform>%n 个无法解析</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>loom::ui::PageHeader</name>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>返回（Alt+Left）</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Search this page (Ctrl+F)</source>
        <translation>在此页搜索（Ctrl+F）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>loom::ui::ParameterField</name>
    <message>
        <source>default %1</source>
        <translation>默认 %1</translation>
    </message>
    <message>
        <source>Enter whole numbers with commas between</source>
        <translation>请填写整数，用逗号分隔</translation>
    </message>
    <message>
        <source>Enter a number</source>
        <translation>请填写数字</translation>
    </message>
    <message>
        <source>Enter a whole number</source>
        <translation>请填写整数</translation>
    </message>
    <message>
        <source>%1 above %2, up to %3.</source>
        <translation>%1，大于 %2，最大 %3。</translation>
    </message>
    <message>
        <source>%1 from %2 to %3.</source>
        <translation>%1，从 %2 到 %3。</translation>
    </message>
    <message>
        <source>%1, %2 or more.</source>
        <translation>%1，不小于 %2。</translation>
    </message>
    <message>
        <source>%1, at most %2.</source>
        <translation>%1，最大 %2。</translation>
    </message>
</context>
<context>
    <name>loom::ui::PartsTable</name>
    <message>
        <source>Scores of groups and parts</source>
        <translation>各组和各部分的得分</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>loom::ui::PromptEditor</name>
    <message>
        <source>Prompt template</source>
        <translation>提示词模板</translation>
    </message>
    <message>
        <source>Prompt of the first record</source>
        <translation>第一条记录的提示词</translation>
    </message>
    <message>
        <source>Choose a file to see its first record here.</source>
        <translation>选择文件后在此查看其第一条记录。</translation>
    </message>
    <message>
        <source>&amp;Prompt</source>
        <translation>提示词(&amp;P)</translation>
    </message>
    <message>
        <source>Prompt of the &amp;first record</source>
        <translation>第一条记录的提示词(&amp;F)</translation>
    </message>
    <message>
        <source>Insert the document</source>
        <translation>插入文档</translation>
    </message>
    <message>
        <source>Insert the question</source>
        <translation>插入问题</translation>
    </message>
    <message>
        <source>Insert the choices</source>
        <translation>插入选项</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Insert a column</source>
        <translation>插入列</translation>
    </message>
    <message>
        <source>Insert any column of the file</source>
        <translation>插入文件中的任意一列</translation>
    </message>
    <message>
        <source>No answer is expected.</source>
        <translation>没有预期答案。</translation>
    </message>
    <message>
        <source>Expected answer: %1</source>
        <translation>预期答案：%1</translation>
    </message>
</context>
<context>
    <name>loom::ui::PromptPackField</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import prompts</source>
        <translation>导入提示词</translation>
    </message>
    <message>
        <source>Remove the imported prompts</source>
        <translation>移除导入的提示词</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>The official ones where they lie with the data, else ours</source>
        <translation>数据附带官方提示词时用官方的，否则用我们的</translation>
    </message>
    <message>
        <source>The file does not say which benchmark asks like this:</source>
        <translation>文件没有说明是哪个基准的提问：</translation>
    </message>
    <message>
        <source>A prompt pack, or prompts as other programs keep them in JSON, YAML or Python; nothing is executed. The plan keeps a copy, and every score names it.</source>
        <translation>提示词包，或其他程序以 JSON、YAML 或 Python 保存的提示词；不会执行任何内容。计划会保存一份副本，每个得分都注明来源。</translation>
    </message>
    <message>
        <source>Prompts (*.json *.yaml *.yml *.py)</source>
        <translation>提示词 (*.json *.yaml *.yml *.py)</translation>
    </message>
</context>
<context>
    <name>loom::ui::ProvenanceTab</name>
    <message>
        <source>Versions, hashes, devices and events</source>
        <translation>版本、哈希、设备和事件</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Plan: run it again with loomscope-cli run PLAN.json</source>
        <translation>计划：可用 loomscope-cli run PLAN.json 再次运行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>墙钟时间</translation>
    </message>
    <message>
        <source>Plan fingerprint</source>
        <translation>计划指纹</translation>
    </message>
    <message>
        <source>Rule set</source>
        <translation>规则集</translation>
    </message>
    <message>
        <source>Prompt pack</source>
        <translation>提示词包</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Jobs with fewer samples than the official number: %1</source>
        <translation>样本数少于官方数量的作业：%1</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>模型 %1</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Program version</source>
        <translation>程序版本</translation>
    </message>
    <message>
        <source>libtorch version</source>
        <translation>libtorch 版本</translation>
    </message>
    <message>
        <source>Kernel version</source>
        <translation>内核版本</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Window, tokens</source>
        <translation>窗口（词元）</translation>
    </message>
    <message>
        <source>Vocabulary, tokens</source>
        <translation>词表（词元）</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>权重占用内存</translation>
    </message>
    <message>
        <source>Type of weights</source>
        <translation>权重类型</translation>
    </message>
    <message>
        <source>Hash of weights</source>
        <translation>权重的哈希</translation>
    </message>
    <message>
        <source>Chunk, tokens</source>
        <translation>分块（词元）</translation>
    </message>
    <message>
        <source>Time to load</source>
        <translation>加载时间</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Hash of tokenizer</source>
        <translation>分词器的哈希</translation>
    </message>
    <message>
        <source>Hash of chat template</source>
        <translation>对话模板的哈希</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>as each benchmark does it</source>
        <translation>按各基准的做法</translation>
    </message>
    <message>
        <source>cut in the middle</source>
        <translation>截去中间</translation>
    </message>
    <message>
        <source>cut at the beginning</source>
        <translation>截去开头</translation>
    </message>
    <message>
        <source>cut at the end</source>
        <translation>截去结尾</translation>
    </message>
    <message>
        <source>fail</source>
        <translation>记为失败</translation>
    </message>
    <message>
        <source>Prompts that are too long</source>
        <translation>过长的提示词</translation>
    </message>
</context>
<context>
    <name>loom::ui::RadarView</name>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
</context>
<context>
    <name>loom::ui::RateGraph</name>
    <message>
        <source>Tokens per second and memory over time</source>
        <translation>每秒词元数与内存随时间的变化</translation>
    </message>
    <message>
        <source>%1 tokens per second, %2</source>
        <translation>每秒 %1 词元，%2</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>峰值内存</translation>
    </message>
</context>
<context>
    <name>loom::ui::RecentPlans</name>
    <message>
        <source>Plans that you save in the wizard or open appear here. A plan can also be dropped onto the window.</source>
        <translation>在向导中保存或打开的计划显示在这里。也可以把计划拖放到窗口上。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>最近的计划</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open the chosen plan</source>
        <translation>打开所选计划</translation>
    </message>
    <message>
        <source>The file itself stays (Delete)</source>
        <translation>文件本身会保留（Delete）</translation>
    </message>
    <message>
        <source>missing: %1</source>
        <translation>缺失：%1</translation>
    </message>
    <message>
        <source>%1 is not there any more, or its disk is not connected.</source>
        <translation>%1 已不存在，或其磁盘未连接。</translation>
    </message>
</context>
<context>
    <name>loom::ui::RecentRuns</name>
    <message>
        <source>Runs appear here once you have started one.</source>
        <translation>开始运行后会显示在这里。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Recent runs</source>
        <translation>最近的运行</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Opens the wizard with the plan of this run</source>
        <translation>以此运行的计划打开向导</translation>
    </message>
    <message>
        <source>Edit and run again…</source>
        <translation>编辑并再次运行…</translation>
    </message>
</context>
<context>
    <name>loom::ui::ResultsExport</name>
    <message>
        <source>Score table as CSV…</source>
        <translation>得分表存为 CSV…</translation>
    </message>
    <message>
        <source>Score table as Markdown…</source>
        <translation>得分表存为 Markdown…</translation>
    </message>
    <message>
        <source>Score table as LaTeX…</source>
        <translation>得分表存为 LaTeX…</translation>
    </message>
    <message>
        <source>Report folder…</source>
        <translation>报告文件夹…</translation>
    </message>
    <message>
        <source>Run as .loomrun…</source>
        <translation>运行存为 .loomrun…</translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>正在导出“%1”</translation>
    </message>
    <message>
        <source>Exported “%1” to %2.</source>
        <translation>已将“%1”导出到 %2。</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>Export score table</source>
        <translation>导出得分表</translation>
    </message>
    <message>
        <source>Folder for the report</source>
        <translation>报告所在文件夹</translation>
    </message>
    <message>
        <source>Export run</source>
        <translation>导出运行</translation>
    </message>
    <message>
        <source>LoomScope run (*.loomrun)</source>
        <translation>LoomScope 运行 (*.loomrun)</translation>
    </message>
</context>
<context>
    <name>loom::ui::ResultsPage</name>
    <message>
        <source>Open a run on the Runs page to see its results here.</source>
        <translation>在“运行”页打开一个运行，即可在此查看结果。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Parts of the results</source>
        <translation>结果的各部分</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Judge answers</source>
        <translation>评判答案</translation>
    </message>
    <message>
        <source>Let a model grade the answers of this run</source>
        <translation>让模型为此运行的答案打分</translation>
    </message>
    <message>
        <source>Show progress</source>
        <translation>显示进度</translation>
    </message>
    <message>
        <source>What is left of this run, why samples failed, and Resume</source>
        <translation>此运行的剩余部分、样本失败的原因，以及继续</translation>
    </message>
    <message>
        <source>Results so far: %1 of %2 samples. State of the run: %3.</source>
        <translation>目前的结果：%2 个样本中的 %1 个。运行状态：%3。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reading the run…</source>
        <translation>正在读取运行…</translation>
    </message>
    <message>
        <source>The run could not be read.</source>
        <translation>无法读取运行。</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>作业 %1</translation>
    </message>
    <message>
        <source>Search prompts, answers, references</source>
        <translation>搜索提示词、答案、参考答案</translation>
    </message>
    <message>
        <source>Edit and run again…</source>
        <translation>编辑并再次运行…</translation>
    </message>
    <message>
        <source>Edit and run again</source>
        <translation>编辑并再次运行</translation>
    </message>
    <message>
        <source>Opens the wizard with the plan of this run</source>
        <translation>以此运行的计划打开向导</translation>
    </message>
    <message>
        <source>Judge answers…</source>
        <translation>评判答案…</translation>
    </message>
    <message>
        <source>%1 of %2 samples failed; no score counts them.</source>
        <translation>%2 个样本中有 %1 个失败；任何分数都不计入它们。</translation>
    </message>
    <message>
        <source>Show failures</source>
        <translation>显示失败原因</translation>
    </message>
    <message>
        <source>Why they failed, and Ask failed samples again</source>
        <translation>失败的原因，以及重新提问失败的样本</translation>
    </message>
</context>
<context>
    <name>loom::ui::ReviewStep</name>
    <message>
        <source>Name of the run</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>增强方法</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示词词元</translation>
    </message>
    <message>
        <source>Shared between samples</source>
        <translation>样本间共享</translation>
    </message>
    <message>
        <source>Predicted time</source>
        <translation>预计时间</translation>
    </message>
    <message>
        <source>Predicted memory</source>
        <translation>预计内存</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>更改%1</translation>
    </message>
    <message>
        <source>Building the prompts and, the first time, measuring this machine…</source>
        <translation>正在生成提示词，首次还会测量本机…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 answers are there already, of earlier runs to the same requests.</source>
        <translation>以前的运行已有 %1 个相同请求的答案。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Tags of the run</source>
        <translation>运行的标签</translation>
    </message>
    <message>
        <source>to find the run again, with commas between</source>
        <translation>便于以后找到此运行，用逗号分隔</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>1 answer is there already, of an earlier run to the same request.</source>
        <translation>已有 1 个答案，来自以前对同一请求的运行。</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunChanges</name>
    <message>
        <source>A run at work cannot be deleted</source>
        <translation>无法删除进行中的运行</translation>
    </message>
    <message>
        <source>Cancel it first; what is finished stays.</source>
        <translation>请先取消；已完成的部分会保留。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Deleted “%1”.</source>
        <translation>已删除“%1”。</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n runs.</source>
        <translation>
            <numerusform>已删除 %n 个运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting “%1”</source>
        <translation>正在导出“%1”</translation>
    </message>
    <message>
        <source>Exported “%1” to %2.</source>
        <translation>已将“%1”导出到 %2。</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>Imported %1.</source>
        <translation>已导入 %1。</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunHeader</name>
    <message>
        <source>Cancel run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>Show results so far</source>
        <translation>显示目前的结果</translation>
    </message>
    <message>
        <source>Why samples failed</source>
        <translation>样本失败的原因</translation>
    </message>
    <message>
        <source>Scores, charts and answers of the samples that are finished</source>
        <translation>已完成样本的得分、图表和答案</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Show only jobs that have such samples</source>
        <translation>只显示含有此类样本的作业</translation>
    </message>
    <message>
        <source>Take out of line</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>The run will not start. It stays in the history and can be resumed.</source>
        <translation>此运行将不会开始。它保留在历史中，可以继续。</translation>
    </message>
    <message>
        <source>Stops now. What is finished stays, and the run can be resumed.</source>
        <translation>立即停止。已完成的部分会保留，运行可以继续。</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 truncated</source>
        <translation>%1 个被截断</translation>
    </message>
    <message>
        <source>%1 unparsed</source>
        <translation>%1 个无法解析</translation>
    </message>
    <message>
        <source>Ask failed samples again</source>
        <translation>重新提问失败的样本</translation>
    </message>
    <message>
        <source>Answers that are there stay; only what failed is asked</source>
        <translation>已有的回答保留；只重新提问失败的样本</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunJobsModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Finished with failures</source>
        <translation>已完成，有失败</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1: lower is better</source>
        <translation>%1：越低越好</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Score so far</source>
        <translation>目前得分</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Failed samples: %1</source>
        <translation>失败的样本：%1</translation>
    </message>
    <message>
        <source>Plain mean of the benchmarks&apos; scores, 0 to 100</source>
        <translation>各基准得分的简单平均，0 到 100</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Time, h:mm:ss</source>
        <translation>时间（h:mm:ss）</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunPage</name>
    <message>
        <source>No run is open.</source>
        <translation>没有打开的运行。</translation>
    </message>
    <message>
        <source>Jobs of the run</source>
        <translation>运行的作业</translation>
    </message>
    <message>
        <source>Enter or a double click opens the samples of a job</source>
        <translation>按回车或双击可打开作业的样本</translation>
    </message>
    <message>
        <source>Waiting for the next sample…</source>
        <translation>等待下一个样本…</translation>
    </message>
    <message>
        <source>No sample is at work.</source>
        <translation>没有正在处理的样本。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>%1 of %2 samples</source>
        <translation>%1 / %2 个样本</translation>
    </message>
    <message>
        <source>%1 from earlier runs</source>
        <translation>%1 个来自以前的运行</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/s</translation>
    </message>
    <message>
        <source>Show results</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 个失败：%2</translation>
    </message>
</context>
<context>
    <name>loom::ui::RunsPage</name>
    <message>
        <source>This history can only be read: its runs are shown, and nothing new is kept.</source>
        <translation>此历史记录只能读取：会显示其中的运行，但不会保存任何新内容。</translation>
    </message>
    <message>
        <source>%1 or its folder may not be written.</source>
        <translation>%1 或其所在文件夹不可写入。</translation>
    </message>
    <message>
        <source>No run matches. Change the search or the filters.</source>
        <translation>没有匹配的运行。请更改搜索或筛选条件。</translation>
    </message>
    <message>
        <source>New evaluation</source>
        <translation>新建评测</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Edit tags</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Export as .loomrun…</source>
        <translation>导出为 .loomrun…</translation>
    </message>
    <message>
        <source>Import .loomrun…</source>
        <translation>导入 .loomrun…</translation>
    </message>
    <message>
        <source>Open data folder</source>
        <translation>打开数据文件夹</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Running or waiting</source>
        <translation>运行中或等待中</translation>
    </message>
    <message>
        <source>Failed or cancelled</source>
        <translation>失败或已取消</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Every evaluation you run is kept here, sample by sample.</source>
        <translation>您运行的每次评测都逐样本保存在这里。</translation>
    </message>
    <message>
        <source>Run the starter evaluation (about 3 min)</source>
        <translation>运行入门评测（约 3 分钟）</translation>
    </message>
    <message>
        <source>Import a run</source>
        <translation>导入运行</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>全部标签</translation>
    </message>
    <message>
        <source>Runs: %1</source>
        <translation>运行：%1</translation>
    </message>
    <message>
        <source>Export run</source>
        <translation>导出运行</translation>
    </message>
    <message>
        <source>LoomScope run (*.loomrun)</source>
        <translation>LoomScope 运行 (*.loomrun)</translation>
    </message>
    <message>
        <source>Import run</source>
        <translation>导入运行</translation>
    </message>
    <message>
        <source>Show together</source>
        <translation>合并显示</translation>
    </message>
    <message>
        <source>Edit and run again…</source>
        <translation>编辑并再次运行…</translation>
    </message>
    <message>
        <source>Opens the wizard with the plan of this run</source>
        <translation>以此运行的计划打开向导</translation>
    </message>
    <message>
        <source>Select two to six runs to compare them, or one run to compare its models</source>
        <translation>选择两到六个运行进行比较，或选择一个运行比较其各模型</translation>
    </message>
    <message>
        <source>Select two to six runs to see their results on one page</source>
        <translation>选择两到六个运行，在一页上查看其结果</translation>
    </message>
    <message>
        <source>No run has a tag yet</source>
        <translation>还没有运行带有标签</translation>
    </message>
    <message>
        <source>Select one run to open it</source>
        <translation>请选择一个运行以打开</translation>
    </message>
    <message>
        <source>Select one run to write it into a file</source>
        <translation>请选择一个运行以写入文件</translation>
    </message>
    <message>
        <source>Search runs, models, tags</source>
        <translation>搜索运行、模型、标签</translation>
    </message>
</context>
<context>
    <name>loom::ui::SampleFinder</name>
    <message>
        <source>The task gave no sample.</source>
        <translation>该任务没有给出样本。</translation>
    </message>
</context>
<context>
    <name>loom::ui::SampleListModel</name>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Partly right</source>
        <translation>部分正确</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量值</translation>
    </message>
    <message>
        <source>Unparsed</source>
        <translation>无法解析</translation>
    </message>
    <message>
        <source>%1, truncated</source>
        <translation>%1，被截断</translation>
    </message>
    <message>
        <source>Length in tokens</source>
        <translation>长度（词元）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Answer begins</source>
        <translation>答案开头</translation>
    </message>
</context>
<context>
    <name>loom::ui::SamplePanel</name>
    <message>
        <source>%1 · sample %L2</source>
        <translation>%1 · 样本 %L2</translation>
    </message>
    <message>
        <source> · truncated</source>
        <translation> · 被截断</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>Score %1</source>
        <translation>得分 %1</translation>
    </message>
    <message>
        <source>No answer could be read</source>
        <translation>无法读出答案</translation>
    </message>
    <message>
        <source>expected: %1</source>
        <translation>预期：%1</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
</context>
<context>
    <name>loom::ui::SampleReader</name>
    <message>
        <source>ended by the model</source>
        <translation>由模型结束</translation>
    </message>
    <message>
        <source>ended at a stop string</source>
        <translation>遇到停止字符串结束</translation>
    </message>
    <message>
        <source>ended at the answer&apos;s token limit</source>
        <translation>达到答案词元上限而结束</translation>
    </message>
    <message>
        <source>ended because the window was full</source>
        <translation>窗口已满而结束</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Go to the previous passage that holds the answer (Shift+E)</source>
        <translation>转到上一处含答案的段落（Shift+E）</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Go to the next passage that holds the answer (E)</source>
        <translation>转到下一处含答案的段落（E）</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Extracted</source>
        <translation>提取的答案</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考答案</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Timing</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Answer and score</source>
        <translation>答案和得分</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>  or  </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Truncated: %1 of %2 tokens were sent; tokens %3 to %4 were cut.</source>
        <translation>被截断：发送了 %2 词元中的 %1；第 %3 到 %4 词元被截去。</translation>
    </message>
    <message>
        <source>The evidence was in the part cut away.</source>
        <translation>证据在被截去的部分。</translation>
    </message>
    <message>
        <source>Not scored yet</source>
        <translation>尚未评分</translation>
    </message>
    <message>
        <source>The answer could not be parsed</source>
        <translation>无法解析答案</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1，版本 %2</translation>
    </message>
    <message>
        <source>rule: %1</source>
        <translation>规则：%1</translation>
    </message>
    <message>
        <source>tokenise %1</source>
        <translation>分词 %1</translation>
    </message>
    <message>
        <source>prefill %1 (%2 new, %3 reused tokens)</source>
        <translation>预填充 %1（%2 个新词元，%3 个复用）</translation>
    </message>
    <message>
        <source>decode %1 (%2 tokens)</source>
        <translation>解码 %1（%2 词元）</translation>
    </message>
    <message>
        <source>answer and times of an earlier run</source>
        <translation>答案和时间来自以前的运行</translation>
    </message>
    <message>
        <source>second attempt</source>
        <translation>第二次尝试</translation>
    </message>
    <message>
        <source>No evidence marked</source>
        <translation>未标记证据</translation>
    </message>
    <message>
        <source>Passages of evidence: %1</source>
        <translation>证据段落：%1</translation>
    </message>
    <message>
        <source>Evidence %1 of %2</source>
        <translation>第 %1 处证据，共 %2 处</translation>
    </message>
    <message>
        <source>Rule: %1.</source>
        <translation>规则：%1。</translation>
    </message>
    <message>
        <source>decode %1 (%2 token)</source>
        <translation>解码 %1（%2 个词元）</translation>
    </message>
</context>
<context>
    <name>loom::ui::SamplesTab</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Tasks shown</source>
        <translation>显示的任务</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Unparsed</source>
        <translation>无法解析</translation>
    </message>
    <message>
        <source>Only wrong answers (W)</source>
        <translation>只看错误答案（W）</translation>
    </message>
    <message>
        <source>Search prompts, answers, references (/)</source>
        <translation>搜索提示词、答案、参考答案（/）</translation>
    </message>
    <message>
        <source>Search samples</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>全部任务</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 词元</translation>
    </message>
    <message>
        <source>No sample matches.</source>
        <translation>没有匹配的样本。</translation>
    </message>
    <message>
        <source>Samples: %1</source>
        <translation>样本：%1</translation>
    </message>
</context>
<context>
    <name>loom::ui::ScoreCards</name>
    <message>
        <source>%1 truncated</source>
        <translation>%1 个被截断</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 unparsed</source>
        <translation>%1 个无法解析</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>Show the samples</source>
        <translation>显示样本</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
    <message>
        <source>no interval</source>
        <translation>无区间</translation>
    </message>
    <message>
        <source>The scores of one of its tasks allow none</source>
        <translation>其中一个任务的得分无法给出区间</translation>
    </message>
</context>
<context>
    <name>loom::ui::ScoreTableModel</name>
    <message>
        <source>%1 ↓</source>
        <translation>%1 ↓</translation>
    </message>
    <message>
        <source>Fewer samples than the official %1</source>
        <translation>样本数少于官方的 %1</translation>
    </message>
    <message>
        <source>Needs a judge: choose “Judge answers…”</source>
        <translation>需要评判：请选择“评判答案…”</translation>
    </message>
    <message>
        <source>No sample has been scored yet</source>
        <translation>尚无样本评分</translation>
    </message>
    <message>
        <source>%1: lower is better; part of no mean and of no chart</source>
        <translation>%1：越低越好；不计入均值和图表</translation>
    </message>
    <message>
        <source>Judged by %1, rubric version %2</source>
        <translation>由 %1 评判，评分标准版本 %2</translation>
    </message>
    <message>
        <source>Without truncated samples: %1</source>
        <translation>不计被截断的样本：%1</translation>
    </message>
    <message>
        <source>With failed and unparsed samples as wrong: %1</source>
        <translation>失败和未解析的样本计为错误：%1</translation>
    </message>
    <message>
        <source>95 % interval, Wilson</source>
        <translation>95 % 区间，Wilson</translation>
    </message>
    <message>
        <source>95 % interval, percentile bootstrap</source>
        <translation>95 % 区间，百分位自助法</translation>
    </message>
    <message>
        <source>%1 of %2 planned samples are scored</source>
        <translation>计划的 %2 个样本中已评分 %1 个</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Truncated</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Unparsed</source>
        <translation>无法解析</translation>
    </message>
</context>
<context>
    <name>loom::ui::SeriesTableModel</name>
    <message>
        <source>Mean of benchmarks</source>
        <translation>各基准的均值</translation>
    </message>
    <message>
        <source>Mean of capabilities</source>
        <translation>各能力的均值</translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 个样本</translation>
    </message>
    <message>
        <source>%1 truncated</source>
        <translation>%1 个被截断</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>1 sample</source>
        <translation>1 个样本</translation>
    </message>
</context>
<context>
    <name>loom::ui::ServerForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>as you want to find it again</source>
        <translation>便于您以后找到</translation>
    </message>
    <message>
        <source>A&amp;ddress</source>
        <translation>地址(&amp;D)</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>up to its version, such as https://api.example.org/v1</source>
        <translation>写到版本号为止，例如 https://api.example.org/v1</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Name of the model on the server</source>
        <translation>服务器上的模型名称</translation>
    </message>
    <message>
        <source>as the server calls it; can be left empty</source>
        <translation>与服务器上的名称一致；可留空</translation>
    </message>
    <message>
        <source>The server answers and names no model.</source>
        <translation>服务器有响应，但没有列出模型。</translation>
    </message>
    <message>
        <source>The server answers. Its models: %1</source>
        <translation>服务器有响应。其模型：%1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
    <message>
        <source>The server answers, but has no model “%1”. It has: %2</source>
        <translation>服务器有响应，但没有模型“%1”。它有：%2</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>测试连接(&amp;T)</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Asks the server for the list of its models, and for nothing else</source>
        <translation>只向服务器查询模型列表，不查询其他内容</translation>
    </message>
    <message>
        <source>Give the server&apos;s address.</source>
        <translation>请填写服务器地址。</translation>
    </message>
    <message>
        <source>The address begins with https:// or http:// and names a server.</source>
        <translation>地址以 https:// 或 http:// 开头，并指明服务器。</translation>
    </message>
    <message>
        <source>The address may hold neither user names nor parameters.</source>
        <translation>地址中不能含有用户名或参数。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message>
        <source>The key ring has no key “%1”. Keep one under this name first.</source>
        <translation>密钥环中没有密钥“%1”。请先以此名称保存一个。</translation>
    </message>
</context>
<context>
    <name>loom::ui::ServersCard</name>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>OpenAI-compatible servers that grade answers when you judge a run. They get the questions and answers to be graded.</source>
        <translation>评判运行时为答案打分的 OpenAI 兼容服务器。它们会收到要打分的问题和答案。</translation>
    </message>
    <message>
        <source>Kept servers</source>
        <translation>已保存的服务器</translation>
    </message>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Remove the server from the list</source>
        <translation>将服务器从列表移除</translation>
    </message>
    <message>
        <source>Its key stays in the key ring</source>
        <translation>其密钥保留在密钥环中</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 (not complete)</source>
        <translation>%1（不完整）</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Removed “%1” from the servers.</source>
        <translation>已将“%1”从服务器中移除。</translation>
    </message>
</context>
<context>
    <name>loom::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Models are looked for in these folders and used where they lie.</source>
        <translation>在这些文件夹中查找模型，并在原位置直接使用。</translation>
    </message>
    <message>
        <source>Files of benchmarks lie in one folder, a folder in it for each benchmark.</source>
        <translation>基准文件位于一个文件夹中，每个基准一个子文件夹。</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>%1, %2 cores</source>
        <translation>%1，%2 核</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1，空闲 %2</translation>
    </message>
    <message>
        <source>none: models run on the processor</source>
        <translation>无：模型在处理器上运行</translation>
    </message>
    <message>
        <source>Models, prompts, answers and scores stay in your folders. Nothing leaves this machine except to servers that you set: requests for what you fetch, to the hub&apos;s address above, and what is to be graded, to the server that you choose when you judge a run.</source>
        <translation>模型、提示词、答案和得分都留在您的文件夹中。除了发往您所设置的服务器，没有任何数据离开本机：向上述模型库地址请求要下载的内容，以及评判运行时向您所选的服务器发送要打分的内容。</translation>
    </message>
    <message>
        <source>%1, 1 core</source>
        <translation>%1，1 核</translation>
    </message>
</context>
<context>
    <name>loom::ui::SettingsStep</name>
    <message>
        <source>Take answers of earlier runs</source>
        <translation>采用以前运行的答案</translation>
    </message>
    <message>
        <source>Leave out records that cannot be read</source>
        <translation>略去无法读取的记录</translation>
    </message>
    <message>
        <source>Cut the middle</source>
        <translation>截去中间</translation>
    </message>
    <message>
        <source>Cut the beginning</source>
        <translation>截去开头</translation>
    </message>
    <message>
        <source>Cut the end</source>
        <translation>截去结尾</translation>
    </message>
    <message>
        <source>Fail the sample</source>
        <translation>样本记为失败</translation>
    </message>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <source>None: send raw text</source>
        <translation>无：发送原始文本</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>How answers become scores. Scores of different rules never share a mean; tasks that the chosen rules do not have are refused.</source>
        <translation>答案如何变成得分。不同规则的得分从不混入同一均值；所选规则没有的任务会被拒绝。</translation>
    </message>
    <message>
        <source>Each benchmark&apos;s own</source>
        <translation>各基准自己的</translation>
    </message>
    <message>
        <source>Those of LOOM-Scope 0.8</source>
        <translation>LOOM-Scope 0.8 的</translation>
    </message>
    <message>
        <source>As published, with their errors</source>
        <translation>与发表时一致，包括其错误</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Decoding and seeds</source>
        <translation>解码和种子</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Tick at least one device.</source>
        <translation>请至少勾选一台设备。</translation>
    </message>
    <message>
        <source>Several devices share the jobs between them.</source>
        <translation>多台设备分担作业。</translation>
    </message>
    <message>
        <source>Where model, prompt and decoding are the same to the bit. Times shown are those of the earlier run.</source>
        <translation>模型、提示词和解码逐位相同时采用。显示的是以前运行的时间。</translation>
    </message>
    <message>
        <source>They are counted and named. Otherwise one of them fails its task.</source>
        <translation>会计数并列出。否则其中一条就会使任务失败。</translation>
    </message>
    <message>
        <source>Give the path of a .jinja file.</source>
        <translation>请填写 .jinja 文件的路径。</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Score only what follows a thought</source>
        <translation>只对思考过程之后的内容评分</translation>
    </message>
    <message>
        <source>As the benchmark does it</source>
        <translation>按基准的做法</translation>
    </message>
    <message>
        <source>As the plan says for each model</source>
        <translation>按计划对各模型的规定</translation>
    </message>
    <message>
        <source>Answers are stored whole; scorers see what comes after the last &lt;/think&gt;.</source>
        <translation>答案完整保存；评分只看最后一个 &lt;/think&gt; 之后的内容。</translation>
    </message>
    <message>
        <source>For models that think before they answer. A thought without an end is scored as it is. The rules of LOOM-Scope always do so.</source>
        <translation>适用于先思考再回答的模型。没有结束的思考过程按原样评分。LOOM-Scope 的规则总是如此。</translation>
    </message>
    <message>
        <source>This machine has no device %1. Tick those that it has.</source>
        <translation>本机没有设备 %1。请勾选本机已有的设备。</translation>
    </message>
</context>
<context>
    <name>loom::ui::SettingsWarning</name>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
</context>
<context>
    <name>loom::ui::TasksTab</name>
    <message>
        <source>Rule of the mean</source>
        <translation>均值规则</translation>
    </message>
    <message>
        <source>Mean of benchmarks</source>
        <translation>各基准的均值</translation>
    </message>
    <message>
        <source>Mean of six capabilities</source>
        <translation>六种能力的均值</translation>
    </message>
    <message>
        <source>Benchmarks weighted by samples</source>
        <translation>按样本数加权的基准</translation>
    </message>
    <message>
        <source>Mean of tasks</source>
        <translation>各任务的均值</translation>
    </message>
    <message>
        <source>A task&apos;s score is the mean over its lengths, a benchmark&apos;s the mean of its tasks. Published tables use the mean of benchmarks. Weighted by samples, a benchmark counts each task as often as it has samples, as loom-scope 0.8 does.</source>
        <translation>任务得分是其各长度的均值，基准得分是其各任务的均值。已发表的表格采用各基准的均值。按样本数加权时，每个任务的权重等于其样本数，与 loom-scope 0.8 相同。</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>(rules: %1)</source>
        <translation>（规则：%1）</translation>
    </message>
    <message>
        <source>(some capabilities have no benchmark in this run)</source>
        <translation>（此运行中部分能力没有基准）</translation>
    </message>
</context>
<context>
    <name>loom::ui::TextWindow</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Position in the prompt</source>
        <translation>在提示词中的位置</translation>
    </message>
</context>
<context>
    <name>loom::ui::TitleFields</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Capability</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>标题(&amp;T)</translation>
    </message>
    <message>
        <source>Ca&amp;pability</source>
        <translation>能力(&amp;P)</translation>
    </message>
    <message>
        <source>Give it a title.</source>
        <translation>请填写标题。</translation>
    </message>
</context>
<context>
    <name>loom::ui::TogetherPage</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Differences per task with their intervals, and the answers</source>
        <translation>各任务的差异及其区间，以及答案</translation>
    </message>
    <message>
        <source>Select two to six runs on the Runs page.</source>
        <translation>请在“运行”页选择两到六个运行。</translation>
    </message>
    <message>
        <source>Only tasks that all runs have</source>
        <translation>仅限所有运行共有的任务</translation>
    </message>
    <message>
        <source>Axes of the radar chart and rows of the table</source>
        <translation>雷达图的轴和表格的行</translation>
    </message>
    <message>
        <source>By capability</source>
        <translation>按能力</translation>
    </message>
    <message>
        <source>By benchmark</source>
        <translation>按基准</translation>
    </message>
    <message>
        <source>By task</source>
        <translation>按任务</translation>
    </message>
    <message>
        <source>Scores by run and model</source>
        <translation>各运行和模型的得分</translation>
    </message>
    <message>
        <source>No task of these runs has lengths. RULER and NIAH measure them.</source>
        <translation>这些运行没有按长度的任务。RULER 和 NIAH 会测量长度。</translation>
    </message>
    <message>
        <source>Parts of the results</source>
        <translation>结果的各部分</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>These runs could not be read.</source>
        <translation>无法读取这些运行。</translation>
    </message>
    <message>
        <source>Tasks: the runs have %1 tasks between them and share %2, so their means are over different tasks.</source>
        <translation>任务：这些运行共有 %1 个任务，其中 %2 个相同，因此各自的均值针对不同的任务。</translation>
    </message>
    <message>
        <source>Scores stand beside each other here that may not be comparable, and so do their means.</source>
        <translation>此处并列的得分可能不可比，其均值也是如此。</translation>
    </message>
    <message>
        <source>Tasks shown: %1.</source>
        <translation>显示的任务：%1。</translation>
    </message>
    <message>
        <source>Results of several runs</source>
        <translation>多个运行的结果</translation>
    </message>
    <message>
        <source>The runs have the same tasks</source>
        <translation>各运行的任务相同</translation>
    </message>
    <message>
        <source>The runs share no task</source>
        <translation>各运行没有共同任务</translation>
    </message>
</context>
</TS>
