package io.github.dxlcdi.compatibility;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the class run on one server after the other, or on the one that the system property {@code server} names. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.dxlcdi.compatibility.Server#all")
@Retention(RetentionPolicy.RUNTIME)
@interface OnEveryServer {}
