"""Invented news prose: per language a headline and four paragraphs that no family may touch.

``test_words`` puts every example of the word packs into these pages, ``test_decode`` writes them
in the language's old encodings. A new word pack needs its prose here.
"""

from __future__ import annotations

from typing import NamedTuple


class Prose(NamedTuple):
    headline: str
    paragraphs: tuple[str, ...]


PROSE: dict[str, Prose] = {
    "en": Prose(
        "Harbour town votes to rebuild its wooden pier after the winter storms",
        (
            "Residents of the small harbour town voted on Tuesday evening to rebuild the wooden pier that was torn "
            "apart by two winter storms, ending a debate that has divided the council, the fishing fleet and the "
            "owners of the hotels along the promenade for almost eight months.",
            "The plan, which passed by a margin of nearly three to one, foresees oak piles driven six metres into "
            "the sea bed and a walkway that can be lifted in heavy weather. Engineers told the meeting that the old "
            "structure had been repaired so often that hardly any of the original timber was left.",
            "“My grandfather helped to lay the first planks, and I would have been ashamed to leave a gap there,” "
            "said Miriam Aldous, who runs the ferry to the islands. She added that the temporary landing stage on "
            "the far side of the bay costs her crew almost an hour each day.",
            "Work is expected to begin in the spring, once the nesting season of the terns is over, and to take two "
            "summers. Until then the lifeboat crew will continue to launch from the beach, a procedure that needs a "
            "tractor, eleven volunteers and a good deal of patience when the tide is low.",
        ),
    ),
    "de": Prose(
        "Gemeinderat beschließt den Wiederaufbau der alten Holzbrücke über die Salza",
        (
            "Nach jahrelangem Streit hat der Gemeinderat am Dienstagabend beschlossen, die alte Holzbrücke über die "
            "Salza wieder aufzubauen, die vor drei Jahren von einem Hochwasser fortgerissen worden war. Für den "
            "Antrag stimmten vierzehn Mitglieder, fünf lehnten ihn wegen der hohen Kosten ab.",
            "Das neue Bauwerk soll aus Lärchenholz bestehen und auf zwei Pfeilern ruhen, die tief im Fels verankert "
            "werden. Die Planer rechnen mit einer Bauzeit von achtzehn Monaten und mit Ausgaben von rund vier "
            "Millionen Euro, von denen das Land gut die Hälfte übernehmen will.",
            "„Ohne die Brücke brauchen unsere Kinder eine halbe Stunde länger zur Schule“, sagte die "
            "Bürgermeisterin Hanna Ried in der Sitzung. Sie erinnerte daran, dass die Bewohner des linken Ufers "
            "seit dem Unglück nur über eine schmale Straße im Tal zu erreichen sind.",
            "Mit den Arbeiten soll begonnen werden, sobald der Schnee geschmolzen ist und die Fische ihre "
            "Laichplätze verlassen haben. Bis dahin bleibt die Fähre in Betrieb, die an den meisten Tagen von "
            "Freiwilligen gezogen wird und bei starkem Regen nicht fahren darf.",
        ),
    ),
    "fr": Prose(
        "La commune reconstruira le vieux moulin emporté par la crue de l’hiver dernier",
        (
            "Après plusieurs mois de discussions, le conseil municipal a décidé mardi soir de reconstruire le vieux "
            "moulin emporté par la crue de l’hiver dernier. Quatorze élus ont voté pour, cinq se sont abstenus, "
            "jugeant la dépense trop élevée pour une commune de deux mille habitants.",
            "Le futur bâtiment reprendra les mesures de l’ancien, mais sa roue produira de l’électricité pour "
            "l’école et la mairie. Les ingénieurs estiment que le chantier durera dix-huit mois et qu’il coûtera "
            "près de trois millions d’euros, dont la moitié sera versée par la région.",
            "« Mon grand-père y portait son blé, et je n’aurais pas supporté de voir la rivière couler devant un "
            "terrain vide », a déclaré la maire, Élodie Garance, à l’issue de la séance. Elle a rappelé que des "
            "bénévoles avaient sauvé les meules de la boue dès le lendemain.",
            "Les travaux doivent commencer au printemps, lorsque le niveau de l’eau aura baissé et que les oiseaux "
            "auront quitté les berges. D’ici là, un pont provisoire permettra aux habitants du hameau de rejoindre "
            "le bourg sans faire un détour de douze kilomètres par la vallée.",
        ),
    ),
    "es": Prose(
        "El pueblo aprueba reconstruir el faro que derribaron los temporales de enero",
        (
            "Los vecinos del pequeño puerto aprobaron el martes por la noche la reconstrucción del faro que "
            "derribaron los temporales de enero, con lo que termina una discusión que durante ocho meses había "
            "enfrentado al ayuntamiento, a los pescadores y a los dueños de los hoteles del paseo.",
            "El proyecto prevé una torre de piedra de veintidós metros y una linterna nueva que se alimentará con "
            "la fuerza del viento. Según los ingenieros, las obras durarán dieciocho meses y costarán cerca de tres "
            "millones de euros, de los que el gobierno regional pagará la mitad.",
            "«Mi abuelo encendía la lámpara cada tarde y no podíamos dejar la costa a oscuras», dijo la alcaldesa, "
            "Marina Olmedo, al terminar la asamblea. Recordó además que la luz provisional instalada en el muelle "
            "apenas se distingue desde las barcas cuando hay niebla.",
            "Los trabajos empezarán en primavera, cuando las gaviotas hayan abandonado los nidos del acantilado. "
            "Hasta entonces, los voluntarios seguirán vigilando la entrada del puerto con una lancha que necesita "
            "seis tripulantes y que no puede salir cuando las olas superan los cuatro metros.",
        ),
    ),
    "ru": Prose(
        "Жители посёлка решили восстановить деревянный мост через реку Серебрянку",
        (
            "Жители посёлка на общем собрании во вторник вечером решили восстановить деревянный мост через реку "
            "Серебрянку, который весной снесло паводком. За это решение проголосовали почти три четверти "
            "собравшихся, остальные сочли расходы слишком большими для небольшого хозяйства.",
            "По проекту новый мост будет стоять на дубовых сваях, забитых на шесть метров в дно, а его середину "
            "можно будет поднимать во время ледохода. Инженеры рассказали, что старую переправу чинили так часто, "
            "что от первоначальных брёвен в ней почти ничего не осталось.",
            "Мой дед клал здесь первые доски, и мне было бы стыдно оставить на этом месте пустоту, сказала "
            "Марина Ольховская, которая водит школьный автобус. Она добавила, что объезд через соседнее село "
            "отнимает у детей больше часа каждый день.",
            "Работы начнутся следующей весной, когда спадёт вода, и продлятся два лета. До этого времени людей "
            "через реку будет перевозить паром, для которого нужны четыре гребца и очень много терпения, особенно "
            "осенью, когда над водой часами стоит густой туман.",
        ),
    ),
    "tr": Prose(
        "Kasaba halkı fırtınada yıkılan ahşap iskelenin yeniden yapılmasına karar verdi",
        (
            "Küçük liman kasabasının sakinleri, kış aylarındaki iki fırtınada parçalanan ahşap iskelenin yeniden "
            "yapılmasına salı akşamı oy çokluğuyla karar verdi. Böylece belediye meclisini, balıkçıları ve sahildeki "
            "otel sahiplerini sekiz aydır karşı karşıya getiren tartışma sona ermiş oldu.",
            "Projeye göre yeni iskele, denizin dibine altı metre çakılacak meşe kazıkların üzerinde duracak ve orta "
            "bölümü fırtınalı havalarda yukarı kaldırılabilecek. Mühendisler, eski yapının defalarca onarıldığını, "
            "ilk günkü keresteden geriye neredeyse hiçbir şey kalmadığını anlattı.",
            "Adalara sefer yapan vapurun kaptanı Meryem Aldemir, ilk tahtaları dedesinin çaktığını, orada bir boşluk "
            "görmeye gönlünün razı olmayacağını söyledi. Aldemir, koyun öbür ucundaki geçici iskelenin tayfaya her "
            "gün bir saat kaybettirdiğini de sözlerine ekledi.",
            "Çalışmaların ilkbaharda, kuşların yuvalarından ayrılmasının ardından başlaması ve iki yaz sürmesi "
            "bekleniyor. O güne kadar cankurtaran ekibi denize kumsaldan açılacak; bunun için bir traktöre, on bir "
            "gönüllüye ve sular çekildiğinde epeyce sabra ihtiyaç duyuluyor.",
        ),
    ),
    "ar": Prose(
        "أهالي البلدة الساحلية يقررون إعادة بناء الرصيف الخشبي بعد عواصف الشتاء",
        (
            "قرر أهالي البلدة الساحلية الصغيرة مساء الثلاثاء إعادة بناء الرصيف الخشبي الذي حطمته عاصفتان متتاليتان "
            "خلال فصل الشتاء، لينتهي بذلك جدل استمر ثمانية أشهر بين أعضاء المجلس البلدي والصيادين وأصحاب الفنادق "
            "المطلة على الواجهة البحرية.",
            "ويقضي المشروع الذي نال تأييد ثلاثة أرباع الحاضرين بغرس دعائم من خشب البلوط على عمق ستة أمتار في قاع "
            "البحر، مع ممر يمكن رفعه عندما تشتد الرياح. وأوضح المهندسون أن البناء القديم خضع لإصلاحات كثيرة حتى لم "
            "يبق من أخشابه الأولى شيء يذكر.",
            "وقالت مريم الدوسري، وهي قبطانة العبارة التي تصل البلدة بالجزر، إن جدها وضع الألواح الأولى بيديه، وإنها "
            "كانت ستشعر بالخجل لو بقي المكان فارغا. وأضافت أن المرسى المؤقت في الطرف البعيد من الخليج يضيع على "
            "طاقمها قرابة ساعة كل يوم.",
            "ومن المنتظر أن تبدأ الأعمال في الربيع بعد أن تغادر الطيور أعشاشها، وأن تستمر صيفين كاملين. وحتى ذلك "
            "الحين سيواصل رجال الإنقاذ إنزال زورقهم من الشاطئ مباشرة، وهي مهمة تحتاج إلى جرار وأحد عشر متطوعا وقدر "
            "كبير من الصبر حين تنحسر المياه.",
        ),
    ),
    "zh": Prose(
        "海边小镇投票决定重建被冬季风暴摧毁的木制码头",
        (
            "星期二晚上，这座海边小镇的居民投票决定重建被两场冬季风暴摧毁的木制码头，结束了镇议会、渔民和沿岸旅馆业主之间"
            "持续八个月的争论。支持这项计划的人数几乎是反对者的三倍。",
            "根据方案，工人将把橡木桩打入海底六米深处，并修建一条在大风天气可以升起的步道。工程师在会上说，旧码头修补过太多次，"
            "最初的木料几乎已经一根不剩，继续修补只会浪费镇上的经费。",
            "驾驶渡轮前往各个小岛的船长林美华说，她的祖父曾经亲手铺下第一块木板，如果那里一直空着，她会感到惭愧。她还说，"
            "海湾另一边的临时码头让船员每天多花将近一个小时。",
            "工程预计明年春天开始，等海鸟离开巢穴以后再动工，整个过程需要两个夏天。在此之前，救生队仍然要从沙滩上出发，"
            "退潮的时候需要一台拖拉机、十一名志愿者和很大的耐心。",
        ),
    ),
    "zh-hant": Prose(
        "海邊小鎮投票決定重建被冬季風暴摧毀的木製碼頭",
        (
            "星期二晚上，這座海邊小鎮的居民投票決定重建被兩場冬季風暴摧毀的木製碼頭，結束了鎮議會、漁民和沿岸旅館業者之間"
            "持續八個月的爭論。支持這項計畫的人數幾乎是反對者的三倍。",
            "根據方案，工人將把橡木樁打入海底六公尺深處，並修建一條在大風天氣可以升起的步道。工程師在會上說，舊碼頭修補過太多次，"
            "最初的木料幾乎已經一根不剩，繼續修補只會浪費鎮上的經費。",
            "駕駛渡輪前往各個小島的船長林美華說，她的祖父曾經親手鋪下第一塊木板，如果那裡一直空著，她會感到慚愧。她還說，"
            "海灣另一邊的臨時碼頭讓船員每天多花將近一個小時。",
            "工程預計明年春天開始，等海鳥離開巢穴以後再動工，整個過程需要兩個夏天。在此之前，救生隊仍然要從沙灘上出發，"
            "退潮的時候需要一臺拖拉機、十一名志工和很大的耐心。",
        ),
    ),
    "ja": Prose(
        "港町の住民、冬の嵐で壊れた木の桟橋の再建を決める",
        (
            "小さな港町の住民は火曜日の夜、冬の二つの嵐で壊れた木の桟橋を建て直すことを投票で決めた。町議会と漁師、海岸沿いの旅館の"
            "主人たちの間で八か月続いた議論は、これでようやく終わることになる。",
            "計画では、樫の杭を海底に六メートルの深さまで打ち込み、天気が荒れた日には持ち上げられる通路を設ける。技術者は会合で、"
            "古い桟橋は何度も修理されたため、最初の木材はほとんど残っていなかったと説明した。",
            "島へ渡る船の船長を務める森田美代子さんは「最初の板を並べたのは祖父だった。あの場所を空けたままにするのは恥ずかしい」と"
            "語った。湾の反対側にある仮の船着き場では、乗組員が毎日一時間近くを失うという。",
            "工事は海鳥が巣を離れる来年の春に始まり、二度の夏をかけて進められる見通しだ。それまで救助隊は砂浜から船を出すことになり、"
            "潮が引いたときにはトラクターと十一人の有志、そして多くの忍耐が必要になる。",
        ),
    ),
    "ko": Prose(
        "항구 마을 주민들 겨울 폭풍에 무너진 나무 부두를 다시 짓기로",
        (
            "작은 항구 마을의 주민들은 화요일 저녁 겨울 폭풍에 무너진 나무 부두를 다시 짓기로 투표로 결정했다. 이로써 마을 의회와 "
            "어민들, 바닷가 숙박업소 주인들 사이에서 여덟 달 동안 이어진 논쟁은 마침내 끝나게 되었다.",
            "계획에 따르면 참나무 말뚝을 바다 밑 육 미터 깊이까지 박고, 날씨가 나쁜 날에는 들어 올릴 수 있는 통로를 만든다. 기술자들은 "
            "회의에서 옛 부두를 너무 여러 번 고친 탓에 처음 쓰인 목재가 거의 남아 있지 않았다고 설명했다.",
            "섬을 오가는 배의 선장 임미란 씨는 할아버지가 첫 널빤지를 놓았다며 그 자리를 비워 두었다면 부끄러웠을 것이라고 말했다. "
            "그는 만 건너편의 임시 선착장 때문에 선원들이 날마다 한 시간 가까이 잃고 있다고 덧붙였다.",
            "공사는 바닷새들이 둥지를 떠나는 내년 봄에 시작되어 두 번의 여름에 걸쳐 진행될 전망이다. 그때까지 구조대는 모래사장에서 배를 "
            "띄워야 하며, 썰물 때에는 트랙터 한 대와 자원봉사자 열한 명, 그리고 많은 인내심이 필요하다.",
        ),
    ),
}


def html_page(prose: Prose, *, charset: str | None = None) -> str:
    """A small news page around the prose; ``charset`` is what its ``<meta>`` declares."""
    meta = f'<meta charset="{charset}">' if charset else ""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in prose.paragraphs)
    return (
        f"<!DOCTYPE html>\n<html><head>{meta}<title>{prose.headline}</title>\n"
        '<script>var page = {"section": "news", "id": 4711};</script></head>\n'
        f'<body><div class="wrap"><article><h1>{prose.headline}</h1>\n{body}\n</article></div></body></html>\n'
    )


def article_text(prose: Prose) -> str:
    """What ``clean`` makes of ``html_page``."""
    return "\n\n".join(prose.paragraphs)
