package io.millrace.api;

import io.millrace.conf.Quantity;
import io.millrace.conf.Setting;
import io.millrace.conf.Settings;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A program's settings: keys and texts. A context takes a copy when it is made, so later changes do not reach it.
 *
 * <p>Which keys Millrace knows, with their defaults, units and ranges, is in {@link Settings}; the value of such a key
 * is checked when it is set. A key {@code millrace.X} that it does not know is kept, and remarked in the log when a
 * context is made. Other keys are the program's own. A key {@code spark.X} is accepted for {@code millrace.X}
 * everywhere, and the first one set is remarked in the log.
 *
 * <p>Thread: any; each call is atomic.
 */
public final class MillraceConf implements Cloneable {

    private static final System.Logger LOGGER = System.getLogger(MillraceConf.class.getName());
    private static final long KIB = 1024;

    private final Map<String, String> texts;
    private final AtomicBoolean sparkKeyRemarked;
    private volatile ThreadFactory threadFactory;
    private volatile Set<Class<?>> kryoClasses = Set.of();
    private volatile Map<String, Set<Class<?>>> formerNames = Map.of();
    private volatile DeadLetterConsumer deadLetterConsumer;

    /** Settings filled from the system properties whose names begin with {@code millrace.} or {@code spark.}. */
    public MillraceConf() {
        this(true);
    }

    /** Settings filled from the system properties as above, or empty if {@code loadDefaults} is false. */
    public MillraceConf(boolean loadDefaults) {
        this.texts = new ConcurrentHashMap<>();
        this.sparkKeyRemarked = new AtomicBoolean();
        if (loadDefaults) {
            System.getProperties().stringPropertyNames().stream()
                    .filter(SparkKeys::isEnginesOrSparks)
                    .sorted() // so millrace.X comes before spark.X
                    .forEach(name -> setIfMissing(name, System.getProperty(name)));
        }
    }

    private MillraceConf(MillraceConf original) {
        this.texts = new ConcurrentHashMap<>(original.texts);
        this.sparkKeyRemarked = new AtomicBoolean(original.sparkKeyRemarked.get());
        this.threadFactory = original.threadFactory;
        this.kryoClasses = original.kryoClasses;
        this.formerNames = original.formerNames;
        this.deadLetterConsumer = original.deadLetterConsumer;
    }

    /** Sets where the program runs: {@code local[n]}, {@code local[*]} or {@code local[0]}. */
    public MillraceConf setMaster(String master) {
        return set(Settings.MASTER.key(), master);
    }

    /** Sets the program's name. */
    public MillraceConf setAppName(String name) {
        return set(Settings.APP_NAME.key(), name);
    }

    /** Keeps where a cluster has its installation, for whoever reads it: nothing here does. */
    public MillraceConf setSparkHome(String home) {
        return set(Settings.HOME.key(), home);
    }

    /** Keeps which jars a cluster is to be given, for whoever reads it: here the class path counts. */
    public MillraceConf setJars(String[] jars) {
        return set(Settings.JARS.key(), String.join(",", jars));
    }

    /** Keeps an environment variable of a cluster's processes, for whoever reads it: here there is but this process. */
    public MillraceConf setExecutorEnv(String variable, String value) {
        Objects.requireNonNull(variable, "the name of an environment variable is null");
        return set(Settings.EXECUTOR_ENV_PREFIX + variable, value);
    }

    /** Keeps environment variables, as {@link #setExecutorEnv(String, String)} does. */
    public MillraceConf setExecutorEnv(Tuple2<String, String>[] variables) {
        for (Tuple2<String, String> variable : variables) {
            setExecutorEnv(variable._1, variable._2);
        }
        return this;
    }

    /** Returns the environment variables that were kept, by name. */
    public List<Tuple2<String, String>> getExecutorEnv() {
        String prefix = Settings.EXECUTOR_ENV_PREFIX;
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .map(entry -> new Tuple2<>(entry.getKey().substring(prefix.length()), entry.getValue()))
                        .toList();
    }

    /**
     * Sets {@code key}, whatever it was before.
     *
     * @throws NullPointerException if either is null
     * @throws IllegalArgumentException if the key is one of Millrace's and the value is not in its range
     */
    public MillraceConf set(String key, String value) {
        String ours = checkedKey(key, value);
        texts.put(ours, value);
        return this;
    }

    /** As {@link #set(String, String)}, unless {@code key} is set already. */
    public MillraceConf setIfMissing(String key, String value) {
        String ours = checkedKey(key, value);
        texts.putIfAbsent(ours, value);
        return this;
    }

    /** Sets every key and value of {@code settings}. */
    public MillraceConf setAll(Iterable<Tuple2<String, String>> settings) {
        settings.forEach(entry -> set(entry._1, entry._2));
        return this;
    }

    /** Sets every key and value of {@code settings}. */
    public MillraceConf setAll(Map<String, String> settings) {
        settings.forEach(this::set);
        return this;
    }

    /** Takes {@code key} out, so that its default counts again. */
    public MillraceConf remove(String key) {
        texts.remove(SparkKeys.ours(key));
        return this;
    }

    /** Whether {@code key} is set. */
    public boolean contains(String key) {
        return texts.containsKey(SparkKeys.ours(key));
    }

    /**
     * Returns the text {@code key} is set to.
     *
     * @throws NoSuchElementException if it is not set; {@link #get(Setting)} knows the defaults
     */
    public String get(String key) {
        return getOption(key)
                .orElseThrow(() -> new NoSuchElementException(
                        "setting " + key + " is not set; set it, or ask with a default: get(\"" + key + "\", …)"));
    }

    /** Returns the text {@code key} is set to, or {@code defaultValue}. */
    public String get(String key, String defaultValue) {
        return getOption(key).orElse(defaultValue);
    }

    /** Returns the text {@code key} is set to, or nothing. */
    public Optional<String> getOption(String key) {
        return Optional.ofNullable(texts.get(SparkKeys.ours(key)));
    }

    /**
     * Returns the value of one of Millrace's own settings: what it is set to, or its default.
     *
     * @throws NoSuchElementException if it is not set and has no default
     */
    public <T> T get(Setting<T> setting) {
        String text = texts.get(setting.key());
        if (text != null) {
            return setting.parse(text);
        }
        if (setting.defaultValue() == null) {
            throw new NoSuchElementException(
                    "setting " + setting.key() + " is not set and has no default, expected " + setting.range());
        }
        return setting.defaultValue();
    }

    /** Returns all keys and texts that are set, by key. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    public Tuple2<String, String>[] getAll() {
        return new TreeMap<>(texts)
                .entrySet().stream()
                        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                        .toArray(Tuple2[]::new);
    }

    /** Returns {@code key} as an int, or {@code defaultValue} if it is not set. */
    public int getInt(String key, int defaultValue) {
        return read(key, defaultValue, "an int", text -> Integer.valueOf(text.trim()));
    }

    /** Returns {@code key} as a long, or {@code defaultValue} if it is not set. */
    public long getLong(String key, long defaultValue) {
        return read(key, defaultValue, "a long", text -> Long.valueOf(text.trim()));
    }

    /** Returns {@code key} as a double, or {@code defaultValue} if it is not set. */
    public double getDouble(String key, double defaultValue) {
        return read(key, defaultValue, "a double", text -> Double.valueOf(text.trim()));
    }

    /** Returns {@code key} as a boolean, or {@code defaultValue} if it is not set. */
    public boolean getBoolean(String key, boolean defaultValue) {
        return read(key, defaultValue, "true or false", Quantity::flag);
    }

    /** Returns {@code key}, such as {@code 2s}, in milliseconds; without a unit it is in milliseconds already. */
    public long getTimeAsMs(String key) {
        return SettingText.time(TimeUnit.MILLISECONDS, key, get(key));
    }

    /** As {@link #getTimeAsMs(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getTimeAsMs(String key, String defaultValue) {
        return SettingText.time(TimeUnit.MILLISECONDS, key, get(key, defaultValue));
    }

    /** Returns {@code key}, such as {@code 2min}, in seconds; without a unit it is in seconds already. */
    public long getTimeAsSeconds(String key) {
        return SettingText.time(TimeUnit.SECONDS, key, get(key));
    }

    /** As {@link #getTimeAsSeconds(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getTimeAsSeconds(String key, String defaultValue) {
        return SettingText.time(TimeUnit.SECONDS, key, get(key, defaultValue));
    }

    /** Returns {@code key}, such as {@code 64k}, in bytes; without a unit it is in bytes already. */
    public long getSizeAsBytes(String key) {
        return SettingText.size(1, key, get(key));
    }

    /** As {@link #getSizeAsBytes(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getSizeAsBytes(String key, String defaultValue) {
        return SettingText.size(1, key, get(key, defaultValue));
    }

    /** As {@link #getSizeAsBytes(String)}, or {@code defaultValue} bytes if the key is not set. */
    public long getSizeAsBytes(String key, long defaultValue) {
        return contains(key) ? getSizeAsBytes(key) : defaultValue;
    }

    /** As {@link #getSizeAsBytes(String)}, in units of 1,024 bytes; without a unit it is in those already. */
    public long getSizeAsKb(String key) {
        return SettingText.size(KIB, key, get(key));
    }

    /** As {@link #getSizeAsKb(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getSizeAsKb(String key, String defaultValue) {
        return SettingText.size(KIB, key, get(key, defaultValue));
    }

    /** As {@link #getSizeAsBytes(String)}, in units of 1,024² bytes; without a unit it is in those already. */
    public long getSizeAsMb(String key) {
        return SettingText.size(KIB * KIB, key, get(key));
    }

    /** As {@link #getSizeAsMb(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getSizeAsMb(String key, String defaultValue) {
        return SettingText.size(KIB * KIB, key, get(key, defaultValue));
    }

    /** As {@link #getSizeAsBytes(String)}, in units of 1,024³ bytes; without a unit it is in those already. */
    public long getSizeAsGb(String key) {
        return SettingText.size(KIB * KIB * KIB, key, get(key));
    }

    /** As {@link #getSizeAsGb(String)}, and {@code defaultValue} is read so if the key is not set. */
    public long getSizeAsGb(String key, String defaultValue) {
        return SettingText.size(KIB * KIB * KIB, key, get(key, defaultValue));
    }

    /**
     * Returns the id of the run.
     *
     * @throws NoSuchElementException unless the program set {@code millrace.app.id}: a run on one machine needs none
     */
    public String getAppId() {
        return get(Settings.APP_ID.key());
    }

    /**
     * Has the engine make all its threads through {@code factory}, which decides on priorities, groups and daemons. The
     * engine names them: {@code millrace-core-0}, {@code millrace-conductor}, ….
     */
    public MillraceConf setThreadFactory(ThreadFactory factory) {
        this.threadFactory = Objects.requireNonNull(factory, "factory");
        return this;
    }

    /** The factory set by {@link #setThreadFactory}, or nothing: then the engine has its own. */
    public Optional<ThreadFactory> threadFactory() {
        return Optional.ofNullable(threadFactory);
    }

    /**
     * Lets objects of these classes be written to files and blocks, and be read from them: a class that is not among them
     * is neither. The order does not matter, and a class may be given twice. Numbers, texts, bytes, pairs and the usual
     * collections of the JDK need no registration; an enum or array type of one's own does.
     */
    public synchronized MillraceConf registerKryoClasses(Class<?>[] classes) {
        Set<Class<?>> all = new LinkedHashSet<>(kryoClasses);
        for (Class<?> registered : classes) {
            all.add(Objects.requireNonNull(registered, "registerKryoClasses: a class is null"));
        }
        kryoClasses = Collections.unmodifiableSet(all);
        return this;
    }

    /**
     * The classes of {@link #registerKryoClasses}, and those that {@code millrace.kryo.classesToRegister} names.
     *
     * @throws IllegalArgumentException if there is no class of a name
     */
    public Set<Class<?>> kryoClasses() {
        Set<Class<?>> all = new LinkedHashSet<>(kryoClasses);
        for (String name : get(Settings.KRYO_CLASSES).split(",")) {
            if (!name.isBlank()) {
                all.add(classNamed(name.strip()));
            }
        }
        return all;
    }

    /**
     * Lets objects that were written when their class had another name be read as objects of {@code type}, which is registered by
     * this as well. A class that was renamed or moved needs no more. Where a class has changed its fields under the same name, register
     * a copy of it as it was: what was written is read as that one of the classes of its name whose fields it has, and
     * {@link StreamingContext#migrateState} makes the present one of it.
     *
     * @param formerName as {@link Class#getName} had it: {@code com.example.Outer$Inner}
     */
    public synchronized MillraceConf registerFormerName(String formerName, Class<?> type) {
        Objects.requireNonNull(formerName, "registerFormerName: the name is null");
        Objects.requireNonNull(type, () -> "registerFormerName: the class that was called " + formerName + " is null");
        if (formerName.equals(type.getName())) {
            throw new IllegalArgumentException("registerFormerName: class " + formerName
                    + " has that name now; give the name it had, or call registerKryoClasses");
        }
        Map<String, Set<Class<?>>> all = new TreeMap<>(formerNames);
        Set<Class<?>> meant = new LinkedHashSet<>(all.getOrDefault(formerName, Set.of()));
        meant.add(type);
        all.put(formerName, Collections.unmodifiableSet(meant));
        formerNames = Collections.unmodifiableMap(all);
        return this;
    }

    /** The classes of {@link #registerFormerName}, by the names they had. */
    public Map<String, Set<Class<?>>> formerNames() {
        return formerNames;
    }

    private static Class<?> classNamed(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, false, loader != null ? loader : MillraceConf.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    Settings.KRYO_CLASSES.key() + " names " + name + ", and there is no such class; give its full name,"
                            + " or call registerKryoClasses(new Class<?>[] {…}) in the program",
                    missing);
        }
    }

    /**
     * Sets who gets the records that are left out because a function threw on them; only the failure policy {@code skip}
     * ({@code millrace.streaming.failurePolicy}) leaves any out.
     */
    public MillraceConf setDeadLetterConsumer(DeadLetterConsumer consumer) {
        this.deadLetterConsumer = Objects.requireNonNull(consumer, "consumer");
        return this;
    }

    /** Who gets the records that are left out; empty if nobody was set. */
    public Optional<DeadLetterConsumer> deadLetterConsumer() {
        return Optional.ofNullable(deadLetterConsumer);
    }

    /** Returns a copy that can be changed without changing this. */
    @Override
    public MillraceConf clone() {
        return new MillraceConf(this);
    }

    /** Returns one line {@code key=value} for each key that is set, by key. */
    public String toDebugString() {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(texts)
                .forEach((key, text) -> lines.append(lines.isEmpty() ? "" : "\n")
                        .append(key)
                        .append('=')
                        .append(text));
        return lines.toString();
    }

    /** Returns our name for {@code key}, once key and value are found to be allowed. */
    private String checkedKey(String key, String value) {
        Objects.requireNonNull(key, "the key of a setting is null");
        Objects.requireNonNull(
                value, () -> "the value of setting " + key + " is null; remove(\"" + key + "\") takes it out");
        String ours = SparkKeys.ours(key);
        if (!ours.equals(key) && sparkKeyRemarked.compareAndSet(false, true)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "setting {0} is taken as {1}, and so are all keys that begin with spark.",
                    key,
                    ours);
        }
        Settings.of(ours).ifPresent(setting -> check(setting, value));
        return ours;
    }

    private static <T> void check(Setting<T> setting, String value) {
        T read = setting.parse(value);
        if (setting == Settings.CONCURRENT_JOBS && !read.toString().equals(value.trim())) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "setting {0} is ''{1}'' and is taken as {2}: the outputs of a context run one after another",
                    setting.key(),
                    value,
                    read);
        }
    }

    private <T> T read(String key, T defaultValue, String expected, Function<String, T> reader) {
        return getOption(key)
                .map(text -> SettingText.parsed(key, text, expected, reader))
                .orElse(defaultValue);
    }
}
