package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our classes have the public API of the OpenDXL Java client, as a list that was typed by hand has it. */
class SignatureTest {
    private static final Path LIST = Path.of("src/test/resources/opendxl-java-client.txt");
    private static final String LEFT_OUT = "left out: ";
    private static final int MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;

    /** One class of the list. */
    record Listed(String header, List<String> members) {
        String name() {
            return header.replaceFirst(".*?(com\\.opendxl\\.[\\w.]+).*", "$1");
        }

        @Override
        public String toString() {
            return name();
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void a_class_has_every_member_of_the_list_exactly(Listed listed) throws Exception {
        Class<?> type = find(listed.name());

        assertThat(headers(type)).contains(listed.header());
        assertThat(members(type)).containsAll(wanted(listed));
    }

    @ParameterizedTest
    @MethodSource("listed")
    void what_is_left_out_on_purpose_is_not_there(Listed listed) throws Exception {
        Set<String> names = Stream.of(find(listed.name()).getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());

        listed.members().stream()
                .filter(member -> member.startsWith(LEFT_OUT))
                .map(member -> member.replaceFirst(".* (\\w+)\\(.*", "$1"))
                .forEach(leftOut -> assertThat(names).doesNotContain(leftOut));
    }

    @Test
    void the_list_is_whole() throws IOException {
        assertThat(listed())
                .hasSizeGreaterThanOrEqualTo(26)
                .extracting(Listed::name)
                .doesNotHaveDuplicates();
        assertThat(listed().stream().mapToInt(listed -> listed.members().size()).sum())
                .isGreaterThan(250);
    }

    static List<Listed> listed() throws IOException {
        List<Listed> all = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            String text = line.strip().replace("(types assumed) ", "");
            if (text.isEmpty() || text.startsWith("#") || text.startsWith("import ")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                all.get(all.size() - 1).members().add(text);
            } else {
                all.add(new Listed(text, new ArrayList<>()));
            }
        }
        return all;
    }

    private static List<String> wanted(Listed listed) {
        return listed.members().stream()
                .filter(member -> !member.startsWith(LEFT_OUT))
                .toList();
    }

    private static Class<?> find(String name) throws ClassNotFoundException {
        return Class.forName(name.replaceAll("([A-Z]\\w*)\\.", "$1\\$"));
    }

    /** The class's own header, with each of its interfaces named or not: one more does no harm. */
    private static List<String> headers(Class<?> type) {
        String kind = type.isInterface() ? "interface " : type.isEnum() ? "enum " : "class ";
        int implied = type.isInterface() ? Modifier.ABSTRACT | Modifier.STATIC : type.isEnum() ? Modifier.FINAL : 0;
        String header = words(type.getModifiers() & ~implied) + kind + type.getCanonicalName();
        Class<?> parent = type.getSuperclass();
        if (!type.isInterface()
                && !type.isEnum()
                && parent != Object.class
                && Modifier.isPublic(parent.getModifiers())) {
            header += " extends " + parent.getSimpleName();
        }
        List<String> headers = new ArrayList<>(List.of(header));
        for (Type inherited : type.getGenericInterfaces()) {
            String first = type.isInterface() ? " extends " : " implements ";
            for (String before : List.copyOf(headers)) {
                headers.add(before + (before.contains(first) ? ", " : first) + simple(inherited));
            }
        }
        return headers;
    }

    private static List<String> members(Class<?> type) throws IllegalAccessException {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            String line = words(field.getModifiers()) + simple(field.getGenericType()) + " " + field.getName();
            members.add(field.isEnumConstant() ? field.getName() : line);
            if (Modifier.isPublic(field.getModifiers()) && Modifier.isStatic(field.getModifiers())) {
                Object value = field.get(null);
                members.add(line + " = " + (value instanceof String ? "\"" + value + "\"" : value));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            members.add(words(constructor.getModifiers()) + type.getSimpleName() + rest(constructor));
        }
        for (Method method : methods(type)) {
            if (!method.isSynthetic()) {
                int implied = type.isInterface() ? Modifier.PUBLIC | Modifier.ABSTRACT : 0;
                members.add(words(method.getModifiers() & ~implied)
                        + variables(method)
                        + simple(method.getGenericReturnType())
                        + " "
                        + method.getName()
                        + rest(method));
            }
        }
        return members;
    }

    /** With those of a parent that nobody else sees: they are the class's own to whoever calls them. */
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
        Class<?> parent = type.getSuperclass();
        if (parent != null && !Modifier.isPublic(parent.getModifiers())) {
            methods.addAll(List.of(parent.getDeclaredMethods()));
        }
        return methods;
    }

    private static String words(int modifiers) {
        String words = Modifier.toString(modifiers & MODIFIERS);
        return words.isEmpty() ? "" : words + " ";
    }

    private static String variables(Method method) {
        String names =
                Stream.of(method.getTypeParameters()).map(TypeVariable::getName).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "<" + names + "> ";
    }

    private static String rest(Executable executable) {
        String exceptions = join(executable.getGenericExceptionTypes());
        return "(" + join(executable.getGenericParameterTypes()) + ")"
                + (exceptions.isEmpty() ? "" : " throws " + exceptions);
    }

    private static String join(Type... types) {
        return Stream.of(types).map(SignatureTest::simple).collect(Collectors.joining(", "));
    }

    private static String simple(Type type) {
        return type.getTypeName().replaceAll("(\\w+[.$])+", "");
    }
}
