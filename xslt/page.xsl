<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" extension-element-prefixes="t">

<!-- Every page: <page> (schema/rng/page.rng) to HTML. -->

<xsl:output method="html" encoding="UTF-8" indent="no"/>

<xsl:include href="lib/door.xsl"/>
<xsl:include href="lib/security.xsl"/>
<xsl:include href="lib/shell.xsl"/>
<xsl:include href="lib/menu.xsl"/>
<xsl:include href="lib/head.xsl"/>
<xsl:include href="lib/body.xsl"/>
<xsl:include href="lib/words.xsl"/>
<xsl:include href="lib/icon.xsl"/>
<xsl:include href="lib/badge.xsl"/>
<xsl:include href="lib/notes.xsl"/>
<xsl:include href="lib/actions.xsl"/>
<xsl:include href="lib/detail.xsl"/>
<xsl:include href="lib/timeline.xsl"/>
<xsl:include href="lib/photos.xsl"/>
<xsl:include href="lib/thread.xsl"/>
<xsl:include href="lib/progress.xsl"/>
<xsl:include href="lib/tree.xsl"/>
<xsl:include href="lib/matrix.xsl"/>
<xsl:include href="lib/digest.xsl"/>
<xsl:include href="lib/calendar.xsl"/>
<xsl:include href="lib/rounds.xsl"/>
<xsl:include href="lib/list.xsl"/>
<xsl:include href="lib/select.xsl"/>
<xsl:include href="lib/lines.xsl"/>
<xsl:include href="lib/table.xsl"/>
<xsl:include href="lib/filter.xsl"/>
<xsl:include href="lib/pager.xsl"/>
<xsl:include href="lib/form.xsl"/>
<xsl:include href="lib/field.xsl"/>
<xsl:include href="lib/control.xsl"/>
<xsl:include href="lib/error.xsl"/>

<xsl:template match="/page">
	<html lang="{@lang}">
		<head>
			<meta charset="utf-8"/>
			<meta name="viewport" content="width=device-width, initial-scale=1"/>
			<title>
				<xsl:if test="(body | body/* | body/*/*)/form//error"><xsl:value-of select="concat(t:text('error.prefix'), ' ')"/></xsl:if>
				<xsl:call-template name="title"/>
				<xsl:value-of select="concat(' – ', brand/@name)"/>
			</title>
			<t:fragment of="brand/@theme">
			<link rel="preload" href="{t:static('font/inter.woff2')}" as="font" type="font/woff2" crossorigin="anonymous"/>
			<link rel="stylesheet" href="{t:static('css/portal.css')}"/>
			<link rel="stylesheet" href="{t:static(concat('css/theme-', brand/@theme, '.css'))}"/>
			<link rel="icon" href="{t:static(concat('img/icon-', brand/@theme, '.svg'))}" type="image/svg+xml"/>
			<script src="{t:static('js/portal.js')}" defer="defer"></script>
			</t:fragment>
			<xsl:if test="body/progress"><noscript><meta http-equiv="refresh" content="5"/></noscript></xsl:if>
		</head>
		<body>
			<a class="skip" href="#content"><xsl:value-of select="t:text('nav.skip')"/></a>
			<xsl:choose>
				<xsl:when test="user"><xsl:call-template name="shell"/></xsl:when>
				<xsl:otherwise><xsl:call-template name="door"/></xsl:otherwise>
			</xsl:choose>
		</body>
	</html>
</xsl:template>

</xsl:stylesheet>
