package io.github.dxlcdi.health;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows servers that look only at classes that this JAR brings health checks. The checks are synthetic beans.
 *
 * <ul>
 *   <li>Payara starts MicroProfile Health for an application that has a class with {@code @Readiness}.
 *   <li>WildFly asks the beans of bean archives for health checks, and to it a JAR is one only if it has a class with a
 *       bean-defining annotation.
 * </ul>
 *
 * It is no bean: the extension vetoes it. It loads without MicroProfile Health too: the JVM ignores annotations of
 * types that are missing.
 */
@Dependent
@Readiness
public final class ArchiveOfHealthChecks {
    private ArchiveOfHealthChecks() {}
}
