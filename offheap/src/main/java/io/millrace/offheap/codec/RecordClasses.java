package io.millrace.offheap.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The classes whose objects may become bytes, and be made from bytes: those that the program registered, and the JDK's usual
 * ones. A name in a file means the class of that name among these, or nothing: no class is ever looked for by a name that was read.
 *
 * <p>Immutable; any thread.
 */
public final class RecordClasses {
    private static final List<Class<?>> OF_THE_JDK = List.of(
            boolean.class,
            byte.class,
            char.class,
            short.class,
            int.class,
            long.class,
            float.class,
            double.class,
            void.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Object.class,
            String.class,
            BigDecimal.class,
            BigInteger.class,
            BitSet.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Date.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            ZoneOffset.class,
            Year.class,
            YearMonth.class,
            MonthDay.class,
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class);

    private final Map<String, Class<?>> byName = new HashMap<>();
    private final FormerNames formerNames;
    private final PairCodec pairs;

    /**
     * What a program registered, and what needs no registration.
     *
     * @param registered classes of the program
     * @param pairs how pairs are taken apart; their class needs no registration
     */
    public RecordClasses(Collection<Class<?>> registered, PairCodec pairs) {
        this(registered, Map.of(), pairs);
    }

    /**
     * The same, where classes had other names when something was written.
     *
     * @param formerNames by a name, as {@link Class#getName} had it, the classes whose objects may be found under it: those that were
     *     renamed, and earlier forms of a class that still has it; registered, too
     */
    public RecordClasses(
            Collection<Class<?>> registered, Map<String, ? extends Collection<Class<?>>> formerNames, PairCodec pairs) {
        this.pairs = pairs;
        this.formerNames = new FormerNames(formerNames);
        OF_THE_JDK.forEach(known -> byName.put(known.getName(), known));
        byName.put(pairs.type().getName(), pairs.type());
        registered.forEach(known -> byName.put(known.getName(), known));
        formerNames.values().forEach(known -> known.forEach(type -> byName.put(type.getName(), type)));
    }

    /**
     * How pairs are taken apart.
     *
     * @return what was given to the constructor
     */
    public PairCodec pairs() {
        return pairs;
    }

    /**
     * Whether objects of a class can become bytes: it is registered or needs no registration, or is an array of such.
     *
     * @param type any class
     * @return false for an interface, unless it was registered
     */
    public boolean isKnown(Class<?> type) {
        return writtenAs(type) != null;
    }

    /**
     * Whether objects of a class come back as objects of that very class.
     *
     * @param type any class
     * @return false also for the collections that come back as equal ones of another class
     */
    public boolean keeps(Class<?> type) {
        Class<?> writtenAs = writtenAs(type);
        return writtenAs != null && (writtenAs == type || writtenAs.isEnum());
    }

    /**
     * The class as which objects of a class are written, and thus read again: mostly the same. A constant of an enum is written as
     * its enum; a list, set or map of the JDK's or of Millrace's that has no entry of its own as an ArrayList, LinkedHashSet or
     * LinkedHashMap.
     *
     * @param type of an object
     * @return a known class, or null if there is none
     */
    Class<?> writtenAs(Class<?> type) {
        if (byName.get(type.getName()) == type) {
            return type;
        }
        if (type.isArray()) {
            return isKnown(type.getComponentType()) ? type : null;
        }
        if (Enum.class.isAssignableFrom(type) && !type.isEnum() && type != Enum.class) {
            return writtenAs(type.getSuperclass());
        }
        boolean isOurs = type.getClassLoader() == null || type.getName().startsWith("io.millrace.");
        if (isOurs && !type.isInterface()) {
            if (List.class.isAssignableFrom(type)) {
                return ArrayList.class;
            } else if (Set.class.isAssignableFrom(type)) {
                return LinkedHashSet.class;
            } else if (Map.class.isAssignableFrom(type)) {
                return LinkedHashMap.class;
            }
        }
        return null;
    }

    /**
     * The classes that a name may mean: the one that has it, then those that had it.
     *
     * @param name as {@link Class#getName} has it, or had it
     * @return known classes; empty if there is none
     */
    List<Class<?>> named(String name) {
        List<Class<?>> known = new ArrayList<>();
        if (byName.containsKey(name)) {
            known.add(byName.get(name));
        }
        known.addAll(formerNames.of(name));
        if (name.startsWith("[")) {
            componentsNamed(name.substring(1)).forEach(component -> known.add(component.arrayType()));
        }
        return known;
    }

    private List<Class<?>> componentsNamed(String descriptor) {
        if (descriptor.startsWith("[")) {
            return named(descriptor);
        }
        if (descriptor.startsWith("L") && descriptor.endsWith(";")) {
            return named(descriptor.substring(1, descriptor.length() - 1));
        }
        return switch (descriptor) {
            case "Z" -> List.of(boolean.class);
            case "B" -> List.of(byte.class);
            case "C" -> List.of(char.class);
            case "S" -> List.of(short.class);
            case "I" -> List.of(int.class);
            case "J" -> List.of(long.class);
            case "F" -> List.of(float.class);
            case "D" -> List.of(double.class);
            default -> List.of();
        };
    }

    /** Whether two schemas are the same but for the names that classes had. */
    boolean isSameSchema(String schema, String other) {
        return formerNames.isSame(schema, other);
    }
}
