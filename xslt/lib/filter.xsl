<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!-- The filter of a list. On a phone a link opens it, by :target. -->

<xsl:template match="filters">
	<xsl:variable name="list" select="../@id"/>
	<t:fragment of="@active | ../@id"><xsl:call-template name="filter-open"/></t:fragment>
	<section class="filter" id="filter-{$list}" aria-labelledby="filter-{$list}-title">
		<t:fragment of="../@id"><xsl:call-template name="filter-head"/></t:fragment>
		<form id="filter-{$list}-form" method="get" action="{../@href}">
			<xsl:for-each select="hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:for-each>
			<div class="filter__grid"><xsl:apply-templates select="filter"/></div>
			<div class="filter__foot">
				<t:fragment of="/.." passes="../@href">
					<button class="btn btn--main">
						<xsl:call-template name="icon"><xsl:with-param name="name">search</xsl:with-param></xsl:call-template>
						<xsl:value-of select="t:text('filter.submit')"/>
					</button>
					<a class="btn btn--text" href="{../@href}"><xsl:value-of select="t:text('filter.clear')"/></a>
				</t:fragment>
				<xsl:apply-templates select="../chips[chip]"/>
			</div>
		</form>
	</section>
</xsl:template>

<xsl:template name="filter-open">
	<a class="btn btn--quiet btn--block filter-open" href="#filter-{../@id}">
		<xsl:call-template name="icon"><xsl:with-param name="name">sliders-horizontal</xsl:with-param></xsl:call-template>
		<xsl:choose>
			<xsl:when test="@active &gt; 0"><xsl:value-of select="t:text('filter.open', @active)"/></xsl:when>
			<xsl:otherwise><xsl:value-of select="t:text('filter.title')"/></xsl:otherwise>
		</xsl:choose>
	</a>
</xsl:template>

<xsl:template name="filter-head">
	<div class="filter__head">
		<h2 id="filter-{../@id}-title"><xsl:value-of select="t:text('filter.title')"/></h2>
		<a class="filter-close" href="#list-{../@id}"><xsl:value-of select="t:text('filter.close')"/></a>
	</div>
</xsl:template>

<!-- Many choices of few words are drawn as rows, what is the same as a whole. -->
<xsl:template match="filter[@type = 'select'][not(@set)]">
	<div class="field"><xsl:call-template name="filter-select"/></div>
</xsl:template>

<xsl:template match="filter">
	<t:fragment with="../../@id | ../filter/@depends">
		<div class="field">
			<xsl:choose>
				<xsl:when test="@type = 'select'"><xsl:call-template name="filter-select"/></xsl:when>
				<xsl:otherwise><xsl:call-template name="filter-input"/></xsl:otherwise>
			</xsl:choose>
		</div>
	</t:fragment>
</xsl:template>

<xsl:template name="filter-label">
	<label for="filter-{../../@id}-{@id}"><xsl:value-of select="t:text(concat('list.', ../../@id, '.filter.', @id))"/></label>
</xsl:template>

<xsl:template name="filter-select">
	<xsl:call-template name="filter-label"/>
	<select class="select" id="filter-{../../@id}-{@id}" name="{@id}">
		<xsl:if test="../filter/@depends = @id"><xsl:attribute name="data-refresh">yes</xsl:attribute></xsl:if>
		<xsl:if test="not(option[@value = ''])"><option value=""><xsl:call-template name="filter-all"/></option></xsl:if>
		<t:rows select="option" with="@set"><xsl:apply-templates select="."/></t:rows>
	</select>
</xsl:template>

<xsl:template name="filter-input">
	<xsl:call-template name="filter-label"/>
	<input class="input" id="filter-{../../@id}-{@id}" name="{@id}" type="text" value="{value}" autocomplete="off">
		<xsl:choose>
			<xsl:when test="@type = 'date' and (not(value != '') or t:date(value) != value)"><xsl:attribute name="type">date</xsl:attribute></xsl:when>
			<xsl:when test="@type = 'date'"/>
			<xsl:when test="@type = 'code'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:when>
			<xsl:otherwise><xsl:attribute name="type">search</xsl:attribute></xsl:otherwise>
		</xsl:choose>
	</input>
</xsl:template>

<xsl:template name="filter-all">
	<xsl:variable name="id" select="concat('list.', ../../@id, '.filter.', @id, '.all')"/>
	<xsl:choose>
		<xsl:when test="t:has($id)"><xsl:value-of select="t:text($id)"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text('filter.all')"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<!-- The options of filters and of fields. -->
<xsl:template match="option">
	<option value="{@value}">
		<xsl:if test="@selected = 'yes'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
		<xsl:call-template name="option-words"/>
	</option>
</xsl:template>

<xsl:template name="option-words">
	<xsl:variable name="set" select="(@set | ../@set)[last()]"/>
	<xsl:choose>
		<xsl:when test="@busy"><xsl:value-of select="t:text(concat('form.', ancestor::form/@id, '.', ../@name, '.busy'), string(.), @busy, t:value('date-short', @date))"/></xsl:when>
		<xsl:when test=". != ''"><xsl:value-of select="."/></xsl:when>
		<xsl:when test="$set"><xsl:value-of select="t:text(concat($set, '.', @value))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text(concat('form.', ancestor::form/@id, '.', (../@name[not(../@of)] | ../@of)[1], '.', (@value | @word)[last()]))"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="chips">
	<ul class="chips" aria-label="{t:text('filter.chips')}">
		<xsl:for-each select="chip">
			<xsl:variable name="filter" select="../../filters/filter[@id = current()/@filter]"/>
			<li>
				<a class="chip" href="{@href}">
					<span>
						<span class="sr"><xsl:value-of select="concat(t:text('filter.remove'), ' ')"/></span>
						<xsl:value-of select="concat(t:text(concat('list.', ../../@id, '.filter.', @filter)), ': ')"/>
						<xsl:choose>
							<xsl:when test="@set"><xsl:value-of select="t:text(concat(@set, '.', .))"/></xsl:when>
							<xsl:otherwise><xsl:value-of select="t:value(string($filter/@type), string(.))"/></xsl:otherwise>
						</xsl:choose>
					</span>
					<xsl:call-template name="icon"><xsl:with-param name="name">x</xsl:with-param></xsl:call-template>
				</a>
			</li>
		</xsl:for-each>
	</ul>
</xsl:template>

</xsl:stylesheet>
