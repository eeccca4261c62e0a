package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our classes have every member of the OpenDXL Java client's API, with its types, modifiers, exceptions and values. */
class SignatureTest {
    private static final Path LIST = Path.of("src/test/resources/opendxl-java-api.txt");
    private static final Path ADDITIONS = Path.of("src/test/resources/additions-to-opendxl-java-api.txt");

    /** Its type belongs to a library that we do not use; and finalizers run at no known time. */
    private static final Set<String> LEFT_OUT = Set.of("getMessagePack", "finalize");

    /** The class file of a nested protected type says public, and that is what the list was read from. */
    private static final String SOCKET_FACTORY_CALLBACK = "DxlClient$SslSocketFactoryCallback";

    private static final int MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL;

    /** One class of the list. */
    record Listed(String name, List<String> lines) {
        String declaration() {
            return lines.get(0);
        }

        List<String> members() {
            return lines.subList(1, lines.size()).stream()
                    .filter(line -> LEFT_OUT.stream().noneMatch(name -> line.contains(" " + name + "(")))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void a_class_has_every_member_of_the_list_exactly(Listed listed) throws Exception {
        Class<?> type = Class.forName(listed.name());

        assertThat(declarations(type)).contains(listed.declaration());
        assertThat(members(type)).containsAll(listed.members());
    }

    @ParameterizedTest
    @MethodSource("listed")
    void what_is_left_out_on_purpose_is_not_there(Listed listed) throws Exception {
        assertThat(Class.forName(listed.name()).getDeclaredMethods())
                .extracting(Method::getName)
                .doesNotContainAnyElementsOf(LEFT_OUT);
    }

    @Test
    void members_beyond_the_list_are_those_that_we_added_on_purpose() throws Exception {
        Set<String> added = new TreeSet<>();
        for (Listed listed : listed()) {
            Class<?> type = Class.forName(listed.name());
            methodsAndMore(type)
                    .filter(member -> !member.isSynthetic())
                    .map(member -> text(type, member))
                    .filter(line -> !listed.members().contains(line))
                    .map(line -> type.getSimpleName() + ": " + line)
                    .forEach(added::add);
        }

        assertThat(String.join("\n", added))
                .isEqualTo(Files.readString(ADDITIONS).strip());
    }

    @Test
    void the_callback_that_makes_socket_factories_is_protected() {
        assertThat(Modifier.isProtected(DxlClient.SslSocketFactoryCallback.class.getModifiers()))
                .isTrue();
    }

    @Test
    void the_list_is_whole() throws IOException {
        assertThat(listed()).hasSize(26).extracting(Listed::name).doesNotHaveDuplicates();
        assertThat(listed().stream().mapToInt(listed -> listed.members().size()).sum())
                .isEqualTo(277);
    }

    static List<Listed> listed() throws IOException {
        List<Listed> all = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith("## ")) {
                all.add(new Listed(line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !all.isEmpty()) {
                String text = line.strip().replace(" synchronized ", " ").replaceFirst("(= \\d+)l$", "$1");
                all.get(all.size() - 1).lines().add(text.contains("\"") ? text : simple(text));
            }
        }
        return all;
    }

    /** The class's own declaration, with each of its interfaces named or not: one more does no harm. */
    private static List<String> declarations(Class<?> type) {
        int modifiers = type.getModifiers() & (type.isInterface() ? ~(Modifier.ABSTRACT | Modifier.STATIC) : ~0);
        String kind = type.isInterface() ? "interface " : "class ";
        String nested = type.getName().replaceFirst(".*\\.", "");
        String declaration = words(nested.equals(SOCKET_FACTORY_CALLBACK) ? Modifier.PUBLIC : modifiers)
                + kind
                + type.getName().replaceFirst(".*\\.", "");
        Type parent = type.getGenericSuperclass();
        if (parent != null
                && parent != Object.class
                && Modifier.isPublic(type.getSuperclass().getModifiers())) {
            declaration += " extends " + simple(parent.getTypeName());
        }
        List<String> declarations = new ArrayList<>(List.of(declaration));
        for (Type inherited : type.getGenericInterfaces()) {
            String first = type.isInterface() ? " extends " : " implements ";
            for (String before : List.copyOf(declarations)) {
                declarations.add(before + (before.contains(first) ? ", " : first) + simple(inherited.getTypeName()));
            }
        }
        return declarations;
    }

    private static List<String> members(Class<?> type) {
        return methodsAndMore(type).map(member -> text(type, member)).toList();
    }

    /** With those of a parent that has no name elsewhere: to callers they are the class's own. */
    private static Stream<Member> methodsAndMore(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        boolean hidden = parent != null && !Modifier.isPublic(parent.getModifiers());
        return Stream.<Stream<? extends Member>>of(
                        Stream.of(type.getDeclaredFields()),
                        Stream.of(type.getDeclaredConstructors()),
                        Stream.of(type.getDeclaredMethods()),
                        hidden ? Stream.of(parent.getDeclaredMethods()) : Stream.empty())
                .<Member>flatMap(members -> members)
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0);
    }

    private static String text(Class<?> type, Member member) {
        String words = words(member.getModifiers());
        if (member instanceof Field field) {
            return words + simple(field.getGenericType().getTypeName()) + " " + field.getName() + constant(field);
        } else if (member instanceof Constructor<?> constructor) {
            return words + type.getSimpleName() + rest(constructor);
        }
        Method method = (Method) member;
        return words
                + variables(method)
                + simple(method.getGenericReturnType().getTypeName())
                + " "
                + method.getName()
                + rest(method);
    }

    private static String constant(Field field) {
        if (!Modifier.isStatic(field.getModifiers()) || field.isEnumConstant()) {
            return "";
        }
        try {
            Object value = field.get(null);
            return " = " + (value instanceof String ? "\"" + value + "\"" : value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
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
        return Stream.of(types).map(type -> simple(type.getTypeName())).collect(Collectors.joining(", "));
    }

    /** Without packages; a nested type keeps the class around it. */
    private static String simple(String text) {
        return text.replaceAll("\\b(?:[a-z]\\w*\\.)+", "");
    }
}
