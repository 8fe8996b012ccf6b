<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0"
	xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
	xmlns:t="urn:hulpbalie" exclude-result-prefixes="t">

<!-- Who may what: a tick where the role has the right. -->

<xsl:template match="matrix">
	<xsl:variable name="columns" select="columns/column"/>
	<xsl:variable name="role" select="concat('role.', @portal, '.')"/>
	<div class="tablewrap" tabindex="0" role="region" aria-label="{t:text(concat('matrix.', @id, '.', @portal))}">
		<table class="matrix">
			<thead>
				<tr>
					<th scope="col"><xsl:value-of select="t:text(concat('matrix.', @id, '.row'))"/></th>
					<xsl:for-each select="$columns">
						<th scope="col">
							<xsl:if test="@own = 'yes'"><xsl:attribute name="class">own</xsl:attribute></xsl:if>
							<xsl:value-of select="t:text(concat($role, @id))"/>
							<xsl:if test="@own = 'yes'"><span><xsl:value-of select="t:text('matrix.rights.own')"/></span></xsl:if>
						</th>
					</xsl:for-each>
				</tr>
			</thead>
			<tbody>
				<xsl:for-each select="rows/row">
					<tr>
						<th scope="row"><xsl:value-of select="t:text(concat('right.', @id))"/></th>
						<xsl:for-each select="cell">
							<xsl:variable name="i" select="position()"/>
							<td data-label="{t:text(concat($role, $columns[$i]/@id))}">
								<xsl:if test="$columns[$i]/@own = 'yes'"><xsl:attribute name="class">own</xsl:attribute></xsl:if>
								<xsl:choose>
									<xsl:when test=". = 'yes'">
										<xsl:call-template name="icon"><xsl:with-param name="name">check</xsl:with-param></xsl:call-template>
										<span class="sr"><xsl:value-of select="t:text('value.yes')"/></span>
									</xsl:when>
									<xsl:otherwise><span class="sr no"><xsl:value-of select="t:text('value.no')"/></span></xsl:otherwise>
								</xsl:choose>
							</td>
						</xsl:for-each>
					</tr>
				</xsl:for-each>
			</tbody>
		</table>
	</div>
</xsl:template>

</xsl:stylesheet>
