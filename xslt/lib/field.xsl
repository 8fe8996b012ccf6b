<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- A field: label, hint, error, control, in that order. -->

<xsl:template match="field">
	<div>
		<xsl:call-template name="field-class"/>
		<label for="f-{@name}"><xsl:call-template name="field-label"/></label>
		<xsl:call-template name="field-notes"/>
		<xsl:call-template name="control"/>
	</div>
</xsl:template>

<!-- One tick: the label stands behind it. -->
<xsl:template match="field[@type = 'check'][not(option)]">
	<div>
		<xsl:call-template name="field-class"/>
		<xsl:call-template name="field-error"/>
		<label class="check">
			<input id="f-{@name}" type="checkbox" name="{@name}" value="yes">
				<xsl:if test="value = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
				<xsl:call-template name="described"/>
			</input>
			<span><xsl:call-template name="field-words"><xsl:with-param name="part">label</xsl:with-param></xsl:call-template></span>
			<xsl:call-template name="field-hint"/>
		</label>
	</div>
</xsl:template>

<!-- One or more of several. The first carries the field's id. -->
<xsl:template match="field[@type = 'radio' or (@type = 'check' and option)]">
	<fieldset>
		<xsl:call-template name="field-class"/>
		<legend class="legend"><xsl:call-template name="field-label"/></legend>
		<xsl:call-template name="field-notes"/>
		<div class="choices">
			<xsl:if test="count(option) &gt; 3"><xsl:attribute name="class">choices choices--2</xsl:attribute></xsl:if>
			<xsl:for-each select="option"><xsl:call-template name="choice"/></xsl:for-each>
		</div>
	</fieldset>
</xsl:template>

<xsl:template name="choice">
	<xsl:variable name="hint" select="concat('form.', ancestor::form/@id, '.', ../@name, '.', @value, '.hint')"/>
	<label class="choice">
		<input type="radio" name="{../@name}" value="{@value}">
			<xsl:if test="../@type = 'check'"><xsl:attribute name="type">checkbox</xsl:attribute></xsl:if>
			<xsl:if test="position() = 1"><xsl:attribute name="id"><xsl:value-of select="concat('f-', ../@name)"/></xsl:attribute></xsl:if>
			<xsl:if test="@selected = 'yes'"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
		</input>
		<span>
			<span class="strong"><xsl:call-template name="option-words"/></span>
			<xsl:if test="t:has($hint)"><span class="hint"><xsl:value-of select="t:text($hint)"/></span></xsl:if>
		</span>
	</label>
</xsl:template>

<xsl:template name="field-class">
	<xsl:attribute name="class">
		<xsl:text>field</xsl:text>
		<xsl:if test="error"><xsl:text> field--bad</xsl:text></xsl:if>
		<xsl:if test="@wide = 'yes' or (not(@wide) and (@type = 'textarea' or @type = 'radio' or @type = 'check'))"><xsl:text> wide</xsl:text></xsl:if>
	</xsl:attribute>
</xsl:template>

<!-- Where its words stand; those of all rows are the same. -->
<xsl:template name="field-key">
	<xsl:value-of select="concat('form.', ancestor::form/@id, '.')"/>
	<xsl:choose>
		<xsl:when test="@of"><xsl:value-of select="@of"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="field-words">
	<xsl:param name="part"/>
	<xsl:variable name="key"><xsl:call-template name="field-key"/></xsl:variable>
	<xsl:value-of select="t:text(concat($key, '.', $part))"/>
</xsl:template>

<xsl:template name="field-label">
	<xsl:call-template name="field-words"><xsl:with-param name="part">label</xsl:with-param></xsl:call-template>
	<xsl:if test="not(@required = 'yes' or @readonly = 'yes' or ancestor::rows/@fixed)">
		<span class="opt"><xsl:value-of select="concat(' ', t:text('form.optional'))"/></span>
	</xsl:if>
</xsl:template>

<xsl:template name="field-notes">
	<xsl:call-template name="field-hint"/>
	<xsl:call-template name="field-error"/>
</xsl:template>

<xsl:template name="field-hint">
	<xsl:if test="@hint = 'yes'">
		<span class="hint" id="f-{@name}-hint"><xsl:call-template name="field-words"><xsl:with-param name="part">hint</xsl:with-param></xsl:call-template></span>
	</xsl:if>
</xsl:template>

<xsl:template name="field-error">
	<xsl:if test="error">
		<p class="error" id="f-{@name}-error">
			<xsl:call-template name="icon"><xsl:with-param name="name">circle-alert</xsl:with-param></xsl:call-template>
			<span>
				<span class="sr"><xsl:value-of select="concat(t:text('error.prefix'), ' ')"/></span>
				<xsl:for-each select="error[1]"><xsl:call-template name="error-words"/></xsl:for-each>
			</span>
		</p>
	</xsl:if>
</xsl:template>

<xsl:template name="described">
	<xsl:if test="@hint = 'yes' or error">
		<xsl:attribute name="aria-describedby">
			<xsl:if test="@hint = 'yes'"><xsl:value-of select="concat('f-', @name, '-hint')"/></xsl:if>
			<xsl:if test="@hint = 'yes' and error"><xsl:text> </xsl:text></xsl:if>
			<xsl:if test="error"><xsl:value-of select="concat('f-', @name, '-error')"/></xsl:if>
		</xsl:attribute>
	</xsl:if>
	<xsl:if test="error"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if>
	<xsl:if test="@required = 'yes'"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
</xsl:template>

</xsl:stylesheet>
