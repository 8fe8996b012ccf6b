<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- A form: list of errors, groups of fields, buttons. -->

<xsl:template match="form">
	<form class="form" id="form-{@id}" method="post" action="{@action}" novalidate="novalidate">
		<xsl:if test="@files"><xsl:attribute name="enctype">multipart/form-data</xsl:attribute></xsl:if>
		<xsl:if test="@method = 'get'"><xsl:attribute name="method">get</xsl:attribute></xsl:if>
		<xsl:if test="ticks or .//rows or .//field[@type = 'textarea']"><xsl:attribute name="data-guard">yes</xsl:attribute></xsl:if>
		<!-- Enter presses the first button: not the one that refreshes. -->
		<xsl:if test=".//field/@refresh or .//rows"><button hidden="hidden"></button></xsl:if>
		<xsl:if test="not(@method = 'get')"><xsl:call-template name="form-tokens"/></xsl:if>
		<xsl:apply-templates select=".//field[@type = 'hidden']" mode="hidden"/>
		<xsl:if test=".//error"><xsl:call-template name="error-summary"/></xsl:if>
		<xsl:apply-templates select="group[field[@type != 'hidden'] or rows]"/>
		<xsl:if test="field[@type != 'hidden']">
			<div><xsl:call-template name="fields"/></div>
		</xsl:if>
		<xsl:apply-templates select="ticks"/>
		<div class="actions">
			<button>
				<xsl:attribute name="class">
					<xsl:text>btn btn--</xsl:text>
					<xsl:choose>
						<xsl:when test="@look = 'bad'"><xsl:text>bad</xsl:text></xsl:when>
						<xsl:otherwise><xsl:text>main</xsl:text></xsl:otherwise>
					</xsl:choose>
				</xsl:attribute>
				<xsl:value-of select="t:text(concat('form.', @id, '.submit'))"/>
			</button>
			<xsl:variable name="leave">
				<xsl:choose>
					<xsl:when test="t:has(concat('form.', @id, '.leave'))"><xsl:value-of select="t:text(concat('form.', @id, '.leave'))"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:text('form.cancel')"/></xsl:otherwise>
				</xsl:choose>
			</xsl:variable>
			<xsl:for-each select="(@cancel | /page/crumbs[not(current()/../thread)]/crumb[last()]/preceding-sibling::crumb[@href][1]/@href)[last()]">
				<a class="btn btn--text" href="{.}" data-leave="yes"><xsl:value-of select="$leave"/></a>
			</xsl:for-each>
		</div>
	</form>
</xsl:template>

<!-- What every form that posts carries. -->
<xsl:template name="form-tokens">
	<xsl:param name="key" select="@key"/>
	<input type="hidden" name="csrf" value="{/page/@csrf}"/>
	<xsl:if test="$key"><input type="hidden" name="form_key" value="{$key}"/></xsl:if>
</xsl:template>

<xsl:template match="field" mode="hidden">
	<input type="hidden" name="{@name}" value="{value}"/>
</xsl:template>

<xsl:template match="group">
	<xsl:variable name="title" select="concat('form.', ../@id, '.group.', @id)"/>
	<fieldset>
		<xsl:if test="/page/user and not(ancestor::section)"><xsl:attribute name="class">section</xsl:attribute></xsl:if>
		<xsl:if test="t:has($title)"><legend><h2><xsl:value-of select="t:text($title)"/></h2></legend></xsl:if>
		<xsl:if test="t:has(concat($title, '.text'))">
			<p class="hint"><xsl:value-of select="t:text(concat($title, '.text'))"/></p>
		</xsl:if>
		<xsl:if test="field"><xsl:call-template name="fields"/></xsl:if>
		<xsl:apply-templates select="rows"/>
	</fieldset>
</xsl:template>

<!-- What comes as often as one likes: each with a button that removes it, and
	one that adds. They send the form; it comes back as it was, but for that. -->
<xsl:template match="rows">
	<xsl:variable name="id" select="concat('form.', ancestor::form/@id, '.', @id)"/>
	<div class="repeat">
		<xsl:for-each select="row[not(../@fixed)]">
			<fieldset class="repeat__row">
				<legend class="sr"><xsl:value-of select="t:text(concat($id, '.row'), @number)"/></legend>
				<xsl:apply-templates select="field"/>
				<button class="btn btn--text" name="_remove" value="{@number}">
					<xsl:call-template name="icon"><xsl:with-param name="name">trash-2</xsl:with-param></xsl:call-template>
					<xsl:value-of select="t:text(concat($id, '.remove'))"/>
					<span class="sr"><xsl:value-of select="concat(' ', t:text(concat($id, '.row'), @number))"/></span>
				</button>
			</fieldset>
		</xsl:for-each>
		<xsl:for-each select="row[../@fixed]">
			<fieldset class="repeat__row repeat__row--fixed">
				<legend class="strong"><xsl:value-of select="@title"/></legend>
				<xsl:apply-templates select="field[@type != 'hidden']"/>
			</fieldset>
		</xsl:for-each>
		<xsl:if test="not(@fixed) and count(row) &lt; @max">
			<button class="btn btn--quiet" name="_add" value="{@id}">
				<xsl:call-template name="icon"><xsl:with-param name="name">plus</xsl:with-param></xsl:call-template>
				<xsl:value-of select="t:text(concat($id, '.add'))"/>
			</button>
		</xsl:if>
	</div>
</xsl:template>

<xsl:template name="fields">
	<div class="fields">
		<xsl:if test="/page/user and count(field[not(@type = 'hidden')]) &gt; 1 and not(field/@type = 'password') and not(ancestor::aside)">
			<xsl:attribute name="class">fields fields--2</xsl:attribute>
		</xsl:if>
		<xsl:apply-templates select="field[@type != 'hidden']"/>
	</div>
</xsl:template>

<xsl:template name="error-summary">
	<xsl:variable name="count" select="count(.//error)"/>
	<div class="errsum" role="alert" tabindex="-1" id="errors" aria-labelledby="errors-title">
		<h2 id="errors-title">
			<xsl:call-template name="icon"><xsl:with-param name="name">circle-alert</xsl:with-param></xsl:call-template>
			<xsl:choose>
				<xsl:when test="not(.//field/error)"><xsl:value-of select="t:text('form.errors.none')"/></xsl:when>
				<xsl:when test="$count = 1"><xsl:value-of select="t:text('form.errors.one')"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="t:text('form.errors', $count)"/></xsl:otherwise>
			</xsl:choose>
		</h2>
		<ul>
			<xsl:for-each select=".//error">
				<xsl:variable name="name" select="(@field | ../@name)[last()]"/>
				<li>
					<xsl:choose>
						<xsl:when test="$name and ../@type != 'hidden'"><a href="#f-{$name}"><xsl:for-each select="ancestor::row/@title"><xsl:value-of select="concat(., ': ')"/></xsl:for-each><xsl:call-template name="error-words"/></a></xsl:when>
						<xsl:otherwise><xsl:call-template name="error-words"/></xsl:otherwise>
					</xsl:choose>
				</li>
			</xsl:for-each>
		</ul>
	</div>
</xsl:template>

<!--
	The error's own words at this field, else those for any field, in which
	{2} is the field's label.
-->
<xsl:template name="error-words">
	<xsl:variable name="field" select="concat('form.', ancestor::form/@id, '.', (@field | ../@name[not(../@of)] | ../@of)[last()])"/>
	<xsl:variable name="own" select="concat($field, '.error.', @id)"/>
	<xsl:variable name="any">
		<xsl:value-of select="concat('error.', @id)"/>
		<xsl:if test="@id = 'missing' and (../option or ../@type = 'ref' or ../@type = 'select')"><xsl:text>-choice</xsl:text></xsl:if>
	</xsl:variable>
	<xsl:choose>
		<xsl:when test="t:has($own)"><xsl:value-of select="t:text($own, arg)"/></xsl:when>
		<xsl:when test="../@name"><xsl:value-of select="t:text($any, arg[1], t:text(concat($field, '.label')))"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="t:text($any, arg)"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

</xsl:stylesheet>
