<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- The control of a field: what is typed in or chosen from. -->

<!-- With refresh, others depend on it: a button for who has no script. -->
<xsl:template name="control">
	<xsl:choose>
		<xsl:when test="@refresh = 'yes'">
			<div class="join">
				<xsl:call-template name="control-alone"/>
				<button class="btn btn--quiet" name="_refresh" value="{@name}">
					<xsl:call-template name="field-words"><xsl:with-param name="part">refresh</xsl:with-param></xsl:call-template>
				</button>
			</div>
		</xsl:when>
		<xsl:otherwise><xsl:call-template name="control-alone"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="control-alone">
	<xsl:choose>
		<xsl:when test="@type = 'select' or @type = 'ref'"><xsl:call-template name="select"/></xsl:when>
		<xsl:when test="@type = 'textarea'">
			<textarea class="textarea" id="f-{@name}" name="{@name}">
				<xsl:call-template name="control-attributes"/>
				<xsl:value-of select="value"/>
			</textarea>
		</xsl:when>
		<xsl:when test="@type = 'money'">
			<div class="affix"><span><xsl:text>€</xsl:text></span><xsl:call-template name="input"/></div>
		</xsl:when>
		<xsl:otherwise><xsl:call-template name="input"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="control-attributes">
	<xsl:call-template name="described"/>
	<xsl:if test="@refresh = 'yes'"><xsl:attribute name="data-refresh">yes</xsl:attribute></xsl:if>
	<xsl:copy-of select="@autocomplete[. != '']"/>
	<xsl:if test="@maxlength and @type != 'date' and @type != 'number' and @type != 'money'"><xsl:copy-of select="@maxlength"/></xsl:if>
	<xsl:if test="@readonly = 'yes'"><xsl:attribute name="readonly">readonly</xsl:attribute></xsl:if>
</xsl:template>

<xsl:template name="input">
	<input id="f-{@name}" name="{@name}">
		<xsl:attribute name="class">
			<xsl:text>input</xsl:text>
			<xsl:choose>
				<xsl:when test="@autocomplete = 'one-time-code'"><xsl:text> input--code</xsl:text></xsl:when>
				<xsl:when test="@short = 'yes'"><xsl:text> input--short</xsl:text></xsl:when>
			</xsl:choose>
		</xsl:attribute>
		<xsl:call-template name="input-type"/>
		<xsl:copy-of select="@accept"/>
		<xsl:if test="@many = 'yes'"><xsl:attribute name="multiple">multiple</xsl:attribute></xsl:if>
		<xsl:call-template name="input-value"/>
		<xsl:call-template name="control-attributes"/>
	</input>
</xsl:template>

<!-- A date that isn't one is shown as it was typed: in a text field. -->
<xsl:template name="input-type">
	<xsl:variable name="bad" select="@type = 'date' and value != '' and t:date(value) = value"/>
	<xsl:attribute name="type">
		<xsl:choose>
			<xsl:when test="$bad"><xsl:text>text</xsl:text></xsl:when>
			<xsl:when test="@type = 'date' or @type = 'tel' or @type = 'email' or @type = 'password' or @type = 'file'"><xsl:value-of select="@type"/></xsl:when>
			<xsl:otherwise><xsl:text>text</xsl:text></xsl:otherwise>
		</xsl:choose>
	</xsl:attribute>
	<xsl:if test="@type = 'date' and not($bad)"><xsl:copy-of select="@min[. != ''] | @max[. != '']"/></xsl:if>
	<xsl:choose>
		<xsl:when test="@type = 'code' or @type = 'number'"><xsl:attribute name="inputmode">numeric</xsl:attribute></xsl:when>
		<xsl:when test="@type = 'money'"><xsl:attribute name="inputmode">decimal</xsl:attribute></xsl:when>
	</xsl:choose>
</xsl:template>

<xsl:template name="input-value">
	<xsl:if test="value != '' and @type != 'password'">
		<xsl:attribute name="value">
			<xsl:choose>
				<xsl:when test="@type = 'tel'"><xsl:value-of select="t:phone(value)"/></xsl:when>
				<xsl:when test="@type = 'money' and not(value/@typed)"><xsl:value-of select="translate(value, '.', ',')"/></xsl:when>
				<xsl:otherwise><xsl:value-of select="value"/></xsl:otherwise>
			</xsl:choose>
		</xsl:attribute>
	</xsl:if>
</xsl:template>

<xsl:template name="select">
	<select class="select" id="f-{@name}" name="{@name}">
		<xsl:if test="@refresh = 'yes'"><xsl:attribute name="data-refresh">yes</xsl:attribute></xsl:if>
		<xsl:call-template name="described"/>
		<xsl:if test="not(option[@value = '']) and not(@required = 'yes' and option[@selected = 'yes'])">
			<option value="">
				<xsl:choose>
					<xsl:when test="@required = 'yes'"><xsl:value-of select="t:text('form.choose')"/></xsl:when>
					<xsl:otherwise><xsl:value-of select="t:text('form.none')"/></xsl:otherwise>
				</xsl:choose>
			</option>
		</xsl:if>
		<xsl:apply-templates select="option"/>
	</select>
</xsl:template>

</xsl:stylesheet>
