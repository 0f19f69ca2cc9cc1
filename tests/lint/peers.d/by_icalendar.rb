# A line for each file that ruby-icalendar, strict, finds fault with.
require "logger"
require "stringio"
require "icalendar"

Icalendar.logger = Logger.new(File::NULL)
ARGV.each do |path|
  begin
    calendars = Icalendar::Parser.new(File.binread(path).force_encoding("UTF-8"), true).parse
    raise "no calendar" if calendars.empty?
    raise "not valid" unless calendars.all? do |calendar|
      calendar.valid?(true) && (calendar.events + calendar.todos).all? { |part| part.valid?(true) }
    end
  rescue StandardError
    puts path
  end
end
