package org.vaetf.cli;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaetf.base.ConfigException;
import org.vaetf.base.Keys;
import org.vaetf.base.Kinds;

/**
 * Sets keys of a model's configuration. Which keys there are, and what their values may be, is read
 * off the records and axes that the configuration is made of: a new kind, or a new component, can
 * be set without a word here.
 */
final class ModelKeys {
  private ModelKeys() {}

  /**
   * A model, or any record, with some of its keys set.
   *
   * @param whole as it is
   * @param settings in any order: a kind is set before the keys below it
   * @throws UsageException if there is no such key, the value is of another type, or a record
   *     refuses it
   */
  @SuppressWarnings("unchecked") // A record with other values is of the same class.
  static <R extends Record> R set(R whole, List<KeySetting> settings) {
    requireOnce(settings);
    return (R) set("", whole.getClass(), whole, settings);
  }

  /**
   * A value on an axis with some of its keys set, its kind among them.
   *
   * @param axis the interface
   * @param value as it is
   * @param settings in any order
   * @throws UsageException as of the other
   */
  static <T> T set(Class<T> axis, T value, List<KeySetting> settings) {
    requireOnce(settings);
    return axis.cast(set("", axis, value, settings));
  }

  private static void requireOnce(List<KeySetting> settings) {
    Map<String, KeySetting> byPath = new HashMap<>();
    for (KeySetting setting : settings) {
      KeySetting other = byPath.putIfAbsent(setting.path(), setting);
      if (other != null) {
        throw new UsageException(
            other.flag() + " and " + setting.flag() + " set the same key; expected one of them");
      }
    }
  }

  /** A record or a value on an axis, with the settings that go through it or end at its kind. */
  private static Object set(String path, Class<?> type, Object value, List<KeySetting> settings) {
    if (!Kinds.isAxis(type)) {
      return setKeys(path, type, value, settings);
    }
    Kinds<?> kinds = Kinds.of(type);
    Predicate<KeySetting> isKind = setting -> setting.path().equals(join(path, kinds.key()));
    Object start =
        settings.stream()
            .filter(isKind)
            .findFirst()
            .map(kind -> ofKind(kinds, value, kind))
            .orElse(value);
    return setKeys(path, type, start, settings.stream().filter(isKind.negate()).toList());
  }

  /** The value, where it is of the kind that is asked for, else the kind's default value. */
  private static <T> Object ofKind(Kinds<T> kinds, Object value, KeySetting setting) {
    String kind = TypedText.word(setting.flag(), setting.text(), kinds.choices());
    return kinds.type(kind).orElseThrow().isInstance(value) ? value : kinds.defaults(kind);
  }

  private static Object setKeys(
      String path, Class<?> type, Object record, List<KeySetting> settings) {
    Map<String, RecordComponent> keys = Keys.of(record.getClass());
    Map<String, List<KeySetting>> byKey =
        settings.stream()
            .collect(
                Collectors.groupingBy(
                    setting -> setting.keyBelow(path), LinkedHashMap::new, Collectors.toList()));
    Map<String, Object> values = new HashMap<>();
    byKey.forEach(
        (key, below) -> {
          RecordComponent component = keys.get(key);
          if (component == null) {
            throw unknown(below.get(0), path, key, type, record);
          }
          values.put(
              key, component(join(path, key), component, Keys.get(record, component), below));
        });
    try {
      return Keys.with(record, values);
    } catch (ConfigException e) {
      throw refused(path, settings, e);
    }
  }

  private static Object component(
      String path, RecordComponent component, Object present, List<KeySetting> settings) {
    Class<?> type = component.getType();
    boolean hasKeys = type.isRecord() || Kinds.isAxis(type);
    for (KeySetting setting : settings) {
      boolean meant = setting.path().equals(path);
      if (meant && hasKeys) {
        throw UsageException.inapplicable(
            setting.flag(),
            path
                + " is no single value; set one of: "
                + String.join(", ", paths(path, type, present)));
      }
      if (!meant && !hasKeys) {
        throw UsageException.inapplicable(setting.flag(), path + " is a single value without keys");
      }
    }
    return hasKeys
        ? set(path, type, present, settings)
        : settings.get(0).value(component.getGenericType());
  }

  private static List<String> paths(String path, Class<?> type, Object value) {
    Stream<String> kind = Kinds.isAxis(type) ? Stream.of(Kinds.of(type).key()) : Stream.empty();
    return Stream.concat(kind, Keys.of(value.getClass()).keySet().stream())
        .map(key -> join(path, key))
        .toList();
  }

  private static UsageException unknown(
      KeySetting setting, String path, String key, Class<?> type, Object record) {
    List<String> keys = List.copyOf(Keys.of(record.getClass()).keySet());
    String what = path.isEmpty() ? "a model" : "the " + path;
    String remedy = "";
    if (Kinds.isAxis(type)) {
      String axis = path.isEmpty() ? type.getSimpleName().toLowerCase(Locale.ROOT) : path;
      what = "the " + axis + " " + Kinds.of(type).nameOf(record);
      remedy = others(Kinds.of(type), path, key);
    }
    String known = keys.isEmpty() ? "no settings" : "the keys " + String.join(", ", keys);
    return UsageException.inapplicable(
        setting.flag(), what + " has no " + key + "; it has " + known + remedy);
  }

  /** Which other kinds have the key, and how to choose them. */
  private static String others(Kinds<?> kinds, String path, String key) {
    List<String> others =
        kinds.choices().stream()
            .filter(kind -> Keys.of(kinds.type(kind).orElseThrow()).containsKey(key))
            .toList();
    String kindPath = join(path, kinds.key());
    String option =
        path.isEmpty()
            ? CliOption.KIND.flag() + " "
            : CliOption.ofKey(kindPath)
                .map(found -> found.flag() + " ")
                .orElse(CliOption.SET.flag() + " " + kindPath + "=");
    return others.isEmpty() ? "" : "; use " + option + String.join(" or ", others);
  }

  /**
   * A record's refusal, told of the setting that it is about: the only one, or one of the record's
   * own keys that has the name or the value refused. Where none is, as where the values of two axes
   * do not go together, the refusal speaks for itself.
   */
  private static UsageException refused(String path, List<KeySetting> settings, ConfigException e) {
    List<KeySetting> own =
        settings.stream().filter(s -> s.path().equals(join(path, s.key()))).toList();
    Stream<KeySetting> named = own.stream().filter(s -> s.key().equals(e.setting()));
    Stream<KeySetting> valued = own.stream().filter(s -> s.holds(e.got()));
    String only = settings.size() == 1 ? settings.get(0).flag() + ": " : "";
    return Stream.concat(named, valued)
        .findFirst()
        .map(setting -> UsageException.value(setting.flag(), e))
        .orElseGet(() -> new UsageException(only + e.getMessage(), e));
  }

  /** The path of a key below another; that one is empty at the top. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
