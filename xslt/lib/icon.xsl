<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<xsl:template name="icon">
	<xsl:param name="name"/>
	<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{t:static('img/icons.svg')}#{$name}"></use></svg>
</xsl:template>

</xsl:stylesheet>
