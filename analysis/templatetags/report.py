from django import template

from analysis import addresses

register = template.Library()
register.simple_tag(addresses.address, name="address")
