# What ruby-icalendar, strict, reads in feeds: a line of JSON an event.
require "json"
require "logger"
require "stringio"
require "icalendar"

def start_of(value)
  return value.to_date.iso8601 if value.is_a?(Icalendar::Values::Date)
  value.to_time.utc.strftime("%Y-%m-%dT%H:%M:%SZ")
end

ARGV.each do |path|
  text = File.binread(path).force_encoding("UTF-8")
  Icalendar::Parser.new(text, true).parse.each do |calendar|
    calendar.events.each do |event|
      puts JSON.generate(
        path: path, uid: event.uid.to_s, start: start_of(event.dtstart),
        title: event.summary.to_s, sequence: event.sequence.to_i,
        status: event.status.to_s, description: event.description.to_s,
        links: (event.custom_properties["x_yugao_link"] || []).length
      )
    end
  end
end
