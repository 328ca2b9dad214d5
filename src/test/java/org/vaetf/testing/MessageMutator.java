package org.vaetf.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes broken messages out of whole ones that can still be parsed: values taken from elsewhere in
 * the message, numbers that programs trip over, parts left out, doubled or swapped. In a graph this
 * gives other operations, inputs, shapes, types, constants and functions, and cycles. The same seed
 * gives the same message.
 */
public final class MessageMutator {
  private static final int MOST_CHANGES = 3;

  private final List<? extends Message> whole;
  private final List<Map<FieldDescriptor, List<Object>>> values;
  private final Mutator bytes;

  /**
   * A mutator of some messages.
   *
   * @param whole at least one, all of a type
   */
  public MessageMutator(List<? extends Message> whole) {
    this.whole = List.copyOf(whole);
    this.values = whole.stream().map(MessageMutator::valuesOf).toList();
    this.bytes = new Mutator(List.of(new byte[16], "a text:0".getBytes(StandardCharsets.UTF_8)));
  }

  /** One broken message, by its number. */
  public Message broken(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int which = random.nextInt(whole.size());
    Message.Builder message = whole.get(which).toBuilder();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      change(message, values.get(which), random);
    }
    return message.build();
  }

  private static Map<FieldDescriptor, List<Object>> valuesOf(Message message) {
    Map<FieldDescriptor, List<Object>> values = new HashMap<>();
    collect(message, values);
    return values;
  }

  private static void collect(Message message, Map<FieldDescriptor, List<Object>> values) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              for (Object one : field.isRepeated() ? (List<?>) value : List.of(value)) {
                values.computeIfAbsent(field, any -> new ArrayList<>()).add(one);
                if (one instanceof Message part) {
                  collect(part, values);
                }
              }
            });
  }

  /** Goes down into the message, to a place where what lies below has a fair share of the hits. */
  private void change(
      Message.Builder message, Map<FieldDescriptor, List<Object>> values, SplittableRandom random) {
    List<FieldDescriptor> fields = new ArrayList<>(message.getAllFields().keySet());
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = heaviest(message, fields, random);
    boolean deeper =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && random.nextInt(8) > 0;
    if (field.isRepeated()) {
      int at = random.nextInt(message.getRepeatedFieldCount(field));
      if (deeper) {
        Message.Builder part = ((Message) message.getRepeatedField(field, at)).toBuilder();
        change(part, values, random);
        message.setRepeatedField(field, at, part.build());
      } else {
        changeOneOf(message, field, at, values, random);
      }
    } else if (deeper) {
      Message.Builder part = ((Message) message.getField(field)).toBuilder();
      change(part, values, random);
      message.setField(field, part.build());
    } else if (random.nextInt(4) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, other(field, message.getField(field), values, random));
    }
  }

  /** Of two fields the larger: most of a graph lies in its nodes. */
  private static FieldDescriptor heaviest(
      Message.Builder message, List<FieldDescriptor> fields, SplittableRandom random) {
    FieldDescriptor one = fields.get(random.nextInt(fields.size()));
    FieldDescriptor two = fields.get(random.nextInt(fields.size()));
    return sizeOf(message, one) >= sizeOf(message, two) ? one : two;
  }

  private static int sizeOf(Message.Builder message, FieldDescriptor field) {
    Object value = message.getField(field);
    return value instanceof List<?> list ? list.size() : 2;
  }

  private void changeOneOf(
      Message.Builder message,
      FieldDescriptor field,
      int at,
      Map<FieldDescriptor, List<Object>> values,
      SplittableRandom random) {
    List<Object> all = new ArrayList<>((List<?>) message.getField(field));
    switch (random.nextInt(5)) {
      case 0 -> all.remove(at);
      case 1 -> all.add(all.get(at));
      case 2 -> all.set(at, all.set(random.nextInt(all.size()), all.get(at)));
      default -> all.set(at, other(field, all.get(at), values, random));
    }
    message.setField(field, all);
  }

  private Object other(
      FieldDescriptor field,
      Object value,
      Map<FieldDescriptor, List<Object>> values,
      SplittableRandom random) {
    List<Object> known = values.getOrDefault(field, List.of(value));
    Object taken = known.get(random.nextInt(known.size()));
    boolean take = random.nextInt(2) == 0;
    return switch (field.getJavaType()) {
      case INT -> take ? taken : (Object) (int) Mutator.number(random);
      case LONG -> take ? taken : (Object) Mutator.number(random);
      case FLOAT -> (float) Mutator.number(random);
      case DOUBLE -> (double) Mutator.number(random);
      case BOOLEAN -> !(Boolean) value;
      case STRING -> take ? taken : taken + "x";
      case BYTE_STRING -> take ? taken : ByteString.copyFrom(bytes.broken(random.nextLong()));
      case ENUM -> {
        List<EnumValueDescriptor> all = field.getEnumType().getValues();
        yield all.get(random.nextInt(all.size()));
      }
      case MESSAGE -> taken;
    };
  }
}
