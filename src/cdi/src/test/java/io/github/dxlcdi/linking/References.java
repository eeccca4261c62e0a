package io.github.dxlcdi.linking;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the bytes of a class refer to: read from its constant pool, which has all that its code can make the JVM link.
 *
 * @param types classes, by their internal names
 * @param members their fields and methods
 */
record References(List<String> types, List<Member> members) {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;

    /** A field or method, by the internal name of its class. */
    record Member(String owner, String name, String descriptor) {
        /** Whether {@code type}, loaded by {@code loader}, or one of its ancestors has it. */
        boolean isIn(Class<?> type, ClassLoader loader) {
            Class<?>[] parameters = descriptor.startsWith("(")
                    ? MethodType.fromMethodDescriptorString(descriptor, loader).parameterArray()
                    : new Class<?>[0];
            Class<?> result = MethodType.fromMethodDescriptorString(
                            descriptor.startsWith("(") ? descriptor : "()" + descriptor, loader)
                    .returnType();
            return ancestors(type).anyMatch(ancestor -> {
                try {
                    if (name.equals("<init>")) {
                        return ancestor == type && ancestor.getDeclaredConstructor(parameters) != null;
                    } else if (descriptor.startsWith("(")) {
                        return Stream.of(ancestor.getDeclaredMethods())
                                .anyMatch(method -> method.getName().equals(name)
                                        && method.getReturnType() == result
                                        && List.of(method.getParameterTypes()).equals(List.of(parameters)));
                    }
                    return ancestor.getDeclaredField(name).getType() == result;
                } catch (NoSuchMethodException | NoSuchFieldException e) {
                    return false;
                }
            });
        }

        private static Stream<Class<?>> ancestors(Class<?> type) {
            Stream<Class<?>> above = Stream.concat(
                            Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                    .flatMap(Member::ancestors);
            Stream<Class<?>> root = type.isInterface() ? Stream.of(Object.class) : Stream.empty();
            return Stream.of(Stream.of(type), above, root).flatMap(all -> all);
        }
    }

    /** Reads the bytes of a class. */
    static References of(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipBytes(8);
        int size = in.readUnsignedShort();
        int[] tags = new int[size];
        String[] texts = new String[size];
        int[][] pairs = new int[size][2];
        for (int i = 1; i < size; i++) {
            tags[i] = in.readUnsignedByte();
            if (tags[i] == UTF8) {
                texts[i] = in.readUTF();
            } else if (tags[i] == METHOD_HANDLE) {
                in.skipBytes(3);
            } else if (tags[i] == CLASS || tags[i] == 8 || tags[i] >= METHOD_TYPE && tags[i] != 17 && tags[i] != 18) {
                pairs[i][0] = in.readUnsignedShort();
            } else {
                pairs[i][0] = in.readUnsignedShort();
                pairs[i][1] = in.readUnsignedShort();
                if (tags[i] > INTEGER + 1 && tags[i] <= DOUBLE) {
                    in.skipBytes(4);
                    i++;
                }
            }
        }
        List<String> types = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            if (tags[i] == CLASS) {
                types.add(texts[pairs[i][0]]);
            } else if (tags[i] == NAME_AND_TYPE || tags[i] == METHOD_TYPE) {
                typesOf(texts[pairs[i][tags[i] == NAME_AND_TYPE ? 1 : 0]], types);
            } else if (tags[i] >= FIELD && tags[i] <= INTERFACE_METHOD) {
                int[] nameAndType = pairs[pairs[i][1]];
                members.add(new Member(texts[pairs[pairs[i][0]][0]], texts[nameAndType[0]], texts[nameAndType[1]]));
            }
        }
        return new References(types, members);
    }

    private static void typesOf(String descriptor, List<String> types) {
        Stream.of(descriptor.split("[^\\w/$;]"))
                .flatMap(part -> Stream.of(part.split(";")))
                .map(part -> part.replaceFirst("^[BCDFIJSZV]*L", ""))
                .filter(part -> part.contains("/"))
                .forEach(types::add);
    }
}
