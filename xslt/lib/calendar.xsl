<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!--
	A list by days: a week as columns, on a phone one day under the other; a
	month as a table, on a phone with numbers alone.
-->

<xsl:template match="calendar">
	<div id="list-{@id}" data-region="calendar">
		<xsl:apply-templates select="filters[filter]"/>
		<section class="cal" aria-labelledby="cal-{@id}">
			<div class="cal__head">
				<h2 id="cal-{@id}"><xsl:call-template name="calendar-title"/></h2>
				<xsl:call-template name="steps"/>
			</div>
			<xsl:choose>
				<xsl:when test="@view = 'week'"><xsl:call-template name="calendar-week"/></xsl:when>
				<xsl:otherwise><xsl:call-template name="calendar-month"/></xsl:otherwise>
			</xsl:choose>
		</section>
	</div>
</xsl:template>

<!-- Back, to today, on: text steps.VIEW.STEP. -->
<xsl:template name="steps">
	<xsl:param name="view" select="@view"/>
	<nav class="cal__steps" aria-label="{t:text('steps')}">
		<xsl:for-each select="previous | now | next">
			<a class="btn btn--quiet btn--small" href="{@href}">
				<xsl:if test="self::previous"><xsl:call-template name="icon"><xsl:with-param name="name">chevron-left</xsl:with-param></xsl:call-template></xsl:if>
				<span class="cal__step"><xsl:value-of select="t:text(concat('steps.', $view, '.', name()))"/></span>
				<xsl:if test="self::next"><xsl:call-template name="icon"><xsl:with-param name="name">chevron-right</xsl:with-param></xsl:call-template></xsl:if>
			</a>
		</xsl:for-each>
	</nav>
</xsl:template>

<!-- Week 48: 23 – 29 november 2026; December 2026. -->
<xsl:template name="calendar-title">
	<xsl:choose>
		<xsl:when test="@view = 'month'"><xsl:value-of select="t:text('days.month', t:text(concat('month.', @month)), @year)"/></xsl:when>
		<xsl:otherwise>
			<xsl:variable name="first">
				<xsl:value-of select="number(substring(@first, 9))"/>
				<xsl:if test="substring(@first, 6, 2) != substring(@last, 6, 2)"><xsl:value-of select="concat(' ', t:text(concat('month.', number(substring(@first, 6, 2)))))"/></xsl:if>
				<xsl:if test="substring(@first, 1, 4) != substring(@last, 1, 4)"><xsl:value-of select="concat(' ', substring(@first, 1, 4))"/></xsl:if>
			</xsl:variable>
			<xsl:value-of select="t:text('days.week', @week, string($first), concat(number(substring(@last, 9)), ' ', t:text(concat('month.', number(substring(@last, 6, 2)))), ' ', substring(@last, 1, 4)))"/>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- A weekend in which nothing happens takes little room. -->
<xsl:template name="calendar-week">
	<ol class="cal__week">
		<xsl:if test="not(day[position() &gt; 5]/@count &gt; 0)"><xsl:attribute name="class">cal__week cal__week--work</xsl:attribute></xsl:if>
		<xsl:for-each select="day">
			<li id="day-{@date}">
				<xsl:attribute name="class"><xsl:call-template name="calendar-day-class"/></xsl:attribute>
				<h3 class="cal__day">
					<span class="cal__weekday"><xsl:value-of select="t:text(concat('weekday.', position()))"/></span>
					<xsl:text> </xsl:text>
					<time datetime="{@date}"><xsl:if test="@today"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:if><xsl:call-template name="calendar-day-words"/></time>
					<xsl:call-template name="calendar-today"/>
					<xsl:if test="@count &gt; 0">
						<xsl:call-template name="calendar-count"/>
					</xsl:if>
				</h3>
				<xsl:if test="@off"><p class="cal__off"><xsl:value-of select="t:text(concat('day.off.', @off))"/></p></xsl:if>
				<xsl:if test="not(@off) and @count = 0"><p class="cal__none"><xsl:value-of select="t:text('days.none')"/></p></xsl:if>
				<xsl:apply-templates select="group"/>
				<xsl:if test="entry"><ul class="plain"><xsl:apply-templates select="entry" mode="calendar"/></ul></xsl:if>
				<xsl:apply-templates select="more"/>
			</li>
		</xsl:for-each>
	</ol>
</xsl:template>

<xsl:template name="calendar-day-class">
	<xsl:text>cal__cell</xsl:text>
	<xsl:if test="@today"><xsl:text> cal__cell--today</xsl:text></xsl:if>
	<xsl:if test="@off"><xsl:text> cal__cell--off</xsl:text></xsl:if>
	<xsl:if test="@outside"><xsl:text> cal__cell--outside</xsl:text></xsl:if>
	<xsl:if test="@count = 0"><xsl:text> cal__cell--empty</xsl:text></xsl:if>
</xsl:template>

<xsl:template name="calendar-day-words">
	<xsl:value-of select="number(substring(@date, 9))"/>
	<span class="cal__month"><xsl:value-of select="concat(' ', t:text(concat('month.', number(substring(@date, 6, 2)))))"/></span>
</xsl:template>

<xsl:template name="calendar-today">
	<xsl:if test="@today"><span class="cal__today"><xsl:value-of select="t:text('days.today')"/></span></xsl:if>
</xsl:template>

<xsl:template name="calendar-count">
	<span class="cal__count">
		<xsl:value-of select="t:number(@count)"/>
		<span class="sr">
			<xsl:text> </xsl:text>
			<xsl:choose>
				<xsl:when test="@count = 1"><xsl:value-of select="t:text('days.entry')"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:text('days.entries')"/></xsl:otherwise>
			</xsl:choose>
		</span>
	</span>
</xsl:template>

<xsl:template match="calendar/day/group">
	<section class="cal__group">
		<h4>
			<xsl:if test="not(@name)"><xsl:attribute name="class">cal__nobody</xsl:attribute></xsl:if>
			<a href="{@href}">
				<xsl:call-template name="icon"><xsl:with-param name="name"><xsl:choose><xsl:when test="@name">user</xsl:when><xsl:otherwise>circle-alert</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
				<xsl:call-template name="mechanic-words"/>
			</a>
		</h4>
		<ul class="plain"><xsl:apply-templates select="entry" mode="calendar"/></ul>
	</section>
</xsl:template>

<xsl:template name="mechanic-words">
	<xsl:choose>
		<xsl:when test="@name"><xsl:value-of select="@name"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('mechanic.nobody')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="calendar/day/more">
	<p class="cal__more"><a href="{@href}"><xsl:value-of select="t:text('days.more', t:number(@count))"/></a></p>
</xsl:template>

<!-- Small: there are many beside each other; the request has the rest. -->
<xsl:template match="entry" mode="calendar">
	<li class="cal__entry cal__entry--{@state}">
		<div class="cal__what">
			<a class="strong" href="{@href}"><xsl:value-of select="t:text(concat('request.kind.', @kind))"/><span class="sr"><xsl:value-of select="concat(' ', t:code(@number))"/></span></a>
			<xsl:apply-templates select="@replan"/>
		</div>
		<xsl:if test="@part"><span class="cal__part"><xsl:value-of select="t:text(concat('request.part.', @part))"/></span></xsl:if>
		<span class="cal__type">
			<xsl:choose>
				<xsl:when test="@aids"><xsl:value-of select="t:text('days.aids', @aids)"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="@type"/></xsl:otherwise>
			</xsl:choose>
		</span>
		<span class="hint">
			<xsl:for-each select="@location | @department">
				<xsl:if test="position() &gt; 1"><xsl:text> · </xsl:text></xsl:if>
				<xsl:value-of select="."/>
			</xsl:for-each>
		</span>
		<xsl:if test="@mechanic"><span class="hint"><xsl:value-of select="@mechanic"/></span></xsl:if>
		<xsl:call-template name="badge">
			<xsl:with-param name="set">request.state</xsl:with-param>
			<xsl:with-param name="state" select="@state"/>
		</xsl:call-template>
	</li>
</xsl:template>

<xsl:template match="entry/@replan">
	<xsl:variable name="words">
		<xsl:choose>
			<xsl:when test="../@state = 'accepted'"><xsl:value-of select="t:text('days.plan')"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="t:text('days.replan')"/></xsl:otherwise>
		</xsl:choose>
	</xsl:variable>
	<a class="cal__replan" href="{.}" title="{$words}">
		<xsl:call-template name="icon"><xsl:with-param name="name">calendar-days</xsl:with-param></xsl:call-template>
		<span class="sr"><xsl:value-of select="concat($words, ' ', t:code(../@number))"/></span>
	</a>
</xsl:template>

<xsl:template name="calendar-month">
	<table class="cal__table">
		<caption class="sr"><xsl:call-template name="calendar-title"/></caption>
		<thead>
			<tr>
				<xsl:for-each select="day[position() &lt;= 7]">
					<th scope="col"><abbr title="{t:text(concat('weekday.', position()))}"><xsl:value-of select="t:text(concat('weekday.short.', position()))"/></abbr></th>
				</xsl:for-each>
			</tr>
		</thead>
		<tbody>
			<xsl:for-each select="day[position() mod 7 = 1]">
				<tr><xsl:apply-templates select=". | following-sibling::day[position() &lt; 7]" mode="month"/></tr>
			</xsl:for-each>
		</tbody>
	</table>
</xsl:template>

<xsl:template match="day" mode="month">
	<td>
		<xsl:attribute name="class"><xsl:call-template name="calendar-day-class"/></xsl:attribute>
		<a class="cal__date" href="{@href}">
			<xsl:if test="@today"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:if>
			<time datetime="{@date}">
				<xsl:value-of select="number(substring(@date, 9))"/>
				<span class="sr"><xsl:value-of select="concat(' ', t:text(concat('month.', number(substring(@date, 6, 2)))))"/></span>
			</time>
			<xsl:call-template name="calendar-today"/>
			<xsl:if test="@count &gt; 0">
				<xsl:call-template name="calendar-count"/>
			</xsl:if>
		</a>
		<xsl:if test="@off and @off != 'saturday' and @off != 'sunday'"><p class="cal__off"><xsl:value-of select="t:text(concat('day.off.', @off))"/></p></xsl:if>
		<xsl:if test="entry">
			<ul class="plain cal__short">
				<xsl:for-each select="entry">
					<li class="cal__entry--{@state}"><a href="{@href}"><xsl:value-of select="t:text(concat('request.kind.', @kind))"/><xsl:if test="@location"><span class="hint"><xsl:value-of select="concat(' ', @location)"/></span></xsl:if><span class="sr"><xsl:value-of select="concat(' ', t:code(@number), ' ', t:text(concat('request.state.', @state)))"/></span></a></li>
				</xsl:for-each>
			</ul>
		</xsl:if>
		<xsl:apply-templates select="more"/>
	</td>
</xsl:template>

</xsl:stylesheet>
